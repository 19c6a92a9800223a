using BenchmarkDotNet.Attributes;
using ModularNetworks.Engine;

namespace ModularNetworks.Bench;

/// <summary>Exponentials, and draws from categorical distributions, for the rows of a mini-batch.</summary>
public class CategoricalBenchmark : KernelBenchmark
{
    private const int Rows = 4096;

    private readonly RandomKey _key = RandomKey.FromSeed(9);
    private Tape _tape = null!;
    private Tensor _logits = null!;

    /// <summary>M, the length of a row.</summary>
    [Params(5, 64, 256)]
    public int Modules { get; set; }

    /// <summary>e to the power of every element.</summary>
    [Benchmark]
    public Tensor Exponentials()
    {
        _tape.Reset(recording: false);
        return _tape.Exp(_logits);
    }

    /// <summary>One draw for every row.</summary>
    [Benchmark]
    public IndexTensor Samples()
    {
        _tape.Reset(recording: false);
        return _tape.SampleCategorical(_logits, _key);
    }

    /// <summary>Exponentials count as one operation each.</summary>
    public override Work WorkOf(string method)
    {
        double written = method == nameof(Samples) ? Rows : (double)Rows * Modules;
        return new((double)Rows * Modules, sizeof(float) * (((double)Rows * Modules) + written));
    }

    /// <inheritdoc/>
    protected override void CreateTensors()
    {
        _tape = new Tape(Kernels);
        _logits = Random(Rows, Modules);
    }
}
