using System.Globalization;
using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Cli.Tests.Golden;

/// <summary>
/// A regression network of two layers, each with 64 modules that are the leaves of a tree, and its training with lazy Adam:
/// what no command trains.
/// </summary>
internal sealed class TreeNetwork : ModularNetwork<TreeNetwork.Points>
{
    private const int Inputs = 20, Hidden = 12, Outputs = 3;

    private readonly ModularLayer _first = Layer("first", Inputs, Hidden, branches: 8, levels: 2, picks: 2);
    private readonly ModularLayer _second = Layer("second", Hidden, Outputs, branches: 4, levels: 3, picks: 1);
    private readonly GaussianLikelihood _noise = GaussianLikelihood.Fixed(variance: 0.1);

    public override CompositionLayout Layout => new(_first.Layout, _second.Layout);

    public override IReadOnlyList<Parameter> Parameters =>
        [.. new[] { _first, _second }.SelectMany(layer => layer.Pool.Parameters.Concat(layer.Chooser.Parameters))];

    public override Tensor LogLikelihood(ForwardPass pass, Points batch)
    {
        var hidden = pass.Tape.Relu(_first.Forward(pass, batch.X));
        return _noise.LogLikelihood(pass, _second.Forward(pass, hidden), batch.Y);
    }

    /// <summary>Trains for 40 steps.</summary>
    /// <param name="method">A kind of candidates for EM, or else REINFORCE.</param>
    /// <returns>The name of the instruction set, and what the training leaves.</returns>
    public static (string InstructionSet, RunHashes Hashes) Train(string method)
    {
        using var workers = new WorkerPool(threadCount: 2);
        var tape = new Tape(SimdKernels.Create(workers));
        var network = new TreeNetwork();
        var trainer = network.Trainer(method, new Adam(network.Parameters, tape.Kernels, learningRate: 0.01, lazy: true), tape);
        string[] lines = [.. Enumerable.Range(0, 40).Select(_ => trainer.Step()).Select(
            result => string.Create(CultureInfo.InvariantCulture, $"{result.LogLikelihood:R} {result.SelectionLogProbability:R}"))];
        byte[] parameters = [.. network.Parameters.SelectMany(parameter => MemoryMarshal.AsBytes(parameter.Value.Values).ToArray())];
        return (tape.Kernels.InstructionSet, new RunHashes(RunHashes.Of(parameters), RunHashes.OfText(lines), Inspection: null));
    }

    private ITrainer Trainer(string method, Adam adam, Tape tape)
    {
        var key = RandomKey.FromSeed(3);
        return Enum.TryParse<EStepCandidates>(method, out var candidates)
            ? new ViterbiEm<Points>(
                this, new Data(), adam, tape, key, new() { BatchSize = 8, MStepsPerEStep = 5, Samples = 4, Candidates = candidates })
            : new Reinforce<Points>(this, new Data(), adam, tape, key, new() { BatchSize = 8 });
    }

    private static ModularLayer Layer(string name, int inputs, int outputs, int branches, int levels, int picks) => new(
        name,
        new LinearModules($"{name}.modules", 64, inputs, outputs, Activation.None, RandomKey.FromSeed(1)),
        new MultiLevelController($"{name}.controller", inputs, branches, levels, picks, RandomKey.FromSeed(2)));

    /// <summary>A mini-batch.</summary>
    /// <param name="X"><c>[batch, inputs]</c>.</param>
    /// <param name="Y"><c>[batch, outputs]</c>.</param>
    internal sealed record Points(Tensor X, Tensor Y);

    /// <summary>Numbers that repeat with different periods.</summary>
    private sealed class Data : ITrainingSet<Points>
    {
        public int Count => 60;

        public Points Load(ReadOnlySpan<int> datapoints)
        {
            int[] numbers = datapoints.ToArray();
            return new Points(Table(numbers, Inputs, period: 23), Table(numbers, Outputs, period: 7));
        }

        private static Tensor Table(int[] numbers, int columns, int period) => Tensor.From(
            new Shape(numbers.Length, columns),
            [.. numbers.SelectMany(n => Enumerable.Range(0, columns).Select(c => (((n * (c + 3)) % period) / (float)period) - 0.5f))]);
    }
}
