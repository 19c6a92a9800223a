using BenchmarkDotNet.Attributes;
using ModularNetworks.Engine;

namespace ModularNetworks.Bench;

/// <summary>The three products of a linear layer y = x w, at square sizes and at the thin ones of the paper's models.</summary>
public class MatrixProductBenchmark : KernelBenchmark
{
    private Matrix _x;
    private Matrix _w;
    private Matrix _y;

    /// <summary>Rows, inputs and outputs of a layer.</summary>
    public static IEnumerable<LayerSize> Sizes =>
    [
        new(256, 256, 256), new(384, 384, 384), new(512, 512, 512), new(1024, 1024, 1024),
        new(4480, 32, 8), new(4480, 32, 16), new(4480, 32, 40), new(4480, 8, 16), new(4480, 40, 8),
        new(128, 3072, 20), new(128, 32, 48),
    ];

    /// <summary>The layer.</summary>
    [ParamsSource(nameof(Sizes))]
    public LayerSize Size { get; set; }

    /// <summary>y = x w.</summary>
    [Benchmark]
    public void Output() => Kernels.MatrixProduct(_x, false, _w, false, _y, accumulate: false);

    /// <summary>dx += dy w^T.</summary>
    [Benchmark]
    public void InputGradient() => Kernels.MatrixProduct(_y, false, _w, true, _x, accumulate: true);

    /// <summary>dw += x^T dy.</summary>
    [Benchmark]
    public void WeightGradient() => Kernels.MatrixProduct(_x, true, _y, false, _w, accumulate: true);

    /// <inheritdoc/>
    public override Work WorkOf(string method) => Size.Work;

    /// <inheritdoc/>
    protected override void CreateTensors()
    {
        _x = Matrix.Of(Random(Size.Rows, Size.Inputs));
        _w = Matrix.Of(Random(Size.Inputs, Size.Outputs));
        _y = Matrix.Of(Random(Size.Rows, Size.Outputs));
    }
}
