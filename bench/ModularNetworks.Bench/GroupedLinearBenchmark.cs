using BenchmarkDotNet.Attributes;
using ModularNetworks.Engine;

namespace ModularNetworks.Bench;

/// <summary>The three products of a modular layer of which every row uses one module, of 256 to 256 units.</summary>
public class GroupedLinearBenchmark : KernelBenchmark
{
    private const int Rows = 4096;
    private const int Units = 256;

    private RowGroups _groups;
    private Tensor _x = null!;
    private Tensor _y = null!;
    private MatrixStack _weight;
    private MatrixStack _gradient;

    /// <summary>M.</summary>
    [Params(1, 8, 64, 1024)]
    public int Modules { get; set; }

    /// <summary>Every row times its module's weights.</summary>
    [Benchmark]
    public void Output() => Kernels.GroupedProduct(_groups, Matrix.Of(_x), _weight, null, Matrix.Of(_y));

    /// <summary>Gradients of the inputs.</summary>
    [Benchmark]
    public void InputGradient() =>
        Kernels.GroupedProductInputGradient(_groups, Matrix.Of(_y), _weight, Matrix.Of(_x));

    /// <summary>Gradients of the weights.</summary>
    [Benchmark]
    public void WeightGradient() =>
        Kernels.GroupedProductWeightGradient(_groups, Matrix.Of(_x), Matrix.Of(_y), _gradient, null);

    /// <inheritdoc/>
    public override Work WorkOf(string method) =>
        new(2.0 * Rows * Units * Units, sizeof(float) * ((2.0 * Rows * Units) + ((double)Modules * Units * Units)));

    /// <inheritdoc/>
    protected override void CreateTensors()
    {
        _x = Random(Rows, Units);
        _y = Random(Rows, Units);
        _weight = MatrixStack.Of(Random(Modules, Units, Units));
        _gradient = MatrixStack.Of(Random(Modules, Units, Units));
        _groups = RowGroups.Sort(new Tape(Kernels), RandomIndices(new Shape(Rows, 1), Modules), Modules);
    }
}
