using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Points of which one half is mapped by one linear map and the other half by another.</summary>
internal sealed class ToyProblem : ITrainingSet<VectorBatch>
{
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private VectorBatch? _batch;

    public ToyProblem(int count, RandomKey key)
    {
        Count = count;
        (_inputs, _targets) = (new float[2 * count], new float[2 * count]);
        for (int n = 0; n < count; n++)
        {
            float side = n % 2 == 0 ? 2 : -2;
            float first = side + (float)(0.4 * key.Normal((ulong)(2 * n)));
            float second = (float)(0.4 * key.Normal((ulong)((2 * n) + 1)));
            (_inputs[2 * n], _inputs[(2 * n) + 1]) = (first, second);
            (_targets[2 * n], _targets[(2 * n) + 1]) = n % 2 == 0 ? (-second, first) : (1.5f * first, -0.5f * second);
        }
    }

    public int Count { get; }

    public VectorBatch Load(ReadOnlySpan<int> datapoints)
    {
        var shape = new Shape(datapoints.Length, 2);
        if (_batch is null || _batch.Inputs.Shape != shape)
            _batch = new VectorBatch(Tensor.Allocate(shape), Tensor.Allocate(shape));
        for (int n = 0; n < datapoints.Length; n++)
        {
            _inputs.AsSpan(2 * datapoints[n], 2).CopyTo(_batch.Inputs.Values[(2 * n)..]);
            _targets.AsSpan(2 * datapoints[n], 2).CopyTo(_batch.Targets.Values[(2 * n)..]);
        }
        return _batch;
    }
}

/// <summary>A modular network, its trainer and everything they need.</summary>
internal sealed class ToyRun : IDisposable
{
    public static readonly ViterbiEmOptions Options = new() { BatchSize = 50, Samples = 5, MStepsPerEStep = 4 };

    private readonly Workbench _bench;

    public ToyRun(int threads = 1, ViterbiEmOptions? options = null)
    {
        _bench = new Workbench(Precision.Single, threads);
        Network = VectorNetwork.Create(layers: 2, modules: 2, picks: 1);
        var adam = new Adam(Network.Parameters, _bench.Kernels, learningRate: 0.01);
        Trainer = new ViterbiEm<VectorBatch>(
            Network, new ToyProblem(230, RandomKey.FromSeed(1)), adam, _bench.Tape, RandomKey.FromSeed(2), options ?? Options);
    }

    public VectorNetwork Network { get; }

    public ViterbiEm<VectorBatch> Trainer { get; }

    public Tape Tape => _bench.Tape;

    /// <summary>Takes some steps; returns the mean of the bound over them.</summary>
    public double Train(int steps)
    {
        double sum = 0;
        for (int i = 0; i < steps; i++)
        {
            var result = Trainer.Step();
            sum += result.LogLikelihood + result.SelectionLogProbability;
        }
        return sum / steps;
    }

    /// <summary>Fails unless parameters, optimiser and compositions are equal to the last bit.</summary>
    public void AssertSame(ToyRun other)
    {
        Assert.Equal(Trainer.Steps, other.Trainer.Steps);
        Assert.Equal(Trainer.ESteps, other.Trainer.ESteps);
        Assert.Equal(Trainer.Optimizer.StepCount, other.Trainer.Optimizer.StepCount);
        foreach (var (expected, actual) in Network.Parameters.Zip(other.Network.Parameters))
            Assert.Equal(expected.Value.Values.ToArray(), actual.Value.Values.ToArray());
        foreach (var (expected, actual) in Trainer.Optimizer.State.Zip(other.Trainer.Optimizer.State))
            Assert.Equal(expected.Tensor.Values.ToArray(), actual.Tensor.Values.ToArray());
        Assert.Equal(Trainer.Compositions!.Bytes.ToArray(), other.Trainer.Compositions!.Bytes.ToArray());
    }

    public void Dispose() => _bench.Dispose();
}
