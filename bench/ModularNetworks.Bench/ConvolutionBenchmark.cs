using BenchmarkDotNet.Attributes;
using ModularNetworks.Engine;

namespace ModularNetworks.Bench;

/// <summary>
/// The image classifier's first modular convolution: 128 images of 3 x 32 x 32, two of ten filters of 3 x 3 each.
/// </summary>
public class ConvolutionBenchmark : KernelBenchmark
{
    private const int Images = 128;
    private const int Modules = 10;
    private const int Picks = 2;

    private static readonly ImagePatches Patches = new(
        new ImageShape(3, 32, 32), new Window(3, PaddingBefore: 1, PaddingAfter: 1));

    private ConvolutionArguments _convolution;
    private Tensor _output = null!;
    private Tensor _outputGradient = null!;
    private Tensor _inputGradient = null!;
    private Tensor _weightGradient = null!;

    private static int PatchSize => Patches.Image.Channels * Patches.Window.Size * Patches.Window.Size;

    private static int Positions => Patches.Rows * Patches.Columns;

    /// <summary>Applies the filters.</summary>
    [Benchmark]
    public void Output() => Kernels.Convolution(_convolution, _output);

    /// <summary>Gradients of the images.</summary>
    [Benchmark]
    public void InputGradient() =>
        Kernels.ConvolutionInputGradient(_convolution, _output, _outputGradient, _inputGradient);

    /// <summary>Gradients of the filters.</summary>
    [Benchmark]
    public void WeightGradient() =>
        Kernels.ConvolutionWeightGradient(_convolution, _output, _outputGradient, _weightGradient, null);

    /// <inheritdoc/>
    public override Work WorkOf(string method)
    {
        double sums = (double)Images * Picks * Positions;
        double outputs = method == nameof(Output) ? sums : 2 * sums;
        return new(2 * sums * PatchSize, sizeof(float) * (outputs + ((double)Images * Patches.Image.Count)));
    }

    /// <inheritdoc/>
    protected override void CreateTensors()
    {
        var selection = RandomIndices(new Shape(Images, Picks), Modules);
        var weight = Random(Modules, 1, PatchSize);
        _convolution = new ConvolutionArguments(
            Patches,
            Random(Images, Patches.Image.Count),
            RowGroups.Sort(new Tape(Kernels), selection, Modules),
            weight,
            null);
        (_output, _outputGradient) = (Random(Images * Picks, Positions), Random(Images * Picks, Positions));
        (_inputGradient, _weightGradient) = (Random(Images, Patches.Image.Count), Random(Modules, 1, PatchSize));
    }
}
