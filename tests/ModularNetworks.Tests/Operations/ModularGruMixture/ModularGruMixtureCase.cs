using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

/// <summary>A random modular gated recurrent unit that mixes modules, the same for all kernels, and what a run on it gives.</summary>
internal sealed class ModularGruMixtureCase
{
    private readonly Kernels _kernels;
    private readonly RandomKey _key;
    private readonly ModularGruInput _input;
    private readonly Tensor _hiddenGradient;

    public ModularGruMixtureCase(Kernels kernels, ModularGruSizes sizes, bool noisy = true)
    {
        _kernels = kernels;
        _key = RandomKey.FromSeed((ulong)((sizes.Batch * 1_000_003) + (sizes.Hidden * 1009) + (sizes.Modules * 31)));
        int hidden = sizes.Hidden, joined = hidden + sizes.Inputs, rows = sizes.Rows, modules = sizes.Modules;
        // Weights of this size keep states of the order of 1, so that rounding errors do not grow from step to step.
        double scale = 1 / Math.Sqrt(joined);
        _input = new ModularGruInput(
            Random("gate inputs", 1, rows, 2 * hidden),
            Random("initial", 1, sizes.Batch, hidden),
            GruGateWeight.Of(Random("gates", scale, joined, 2 * hidden), hidden),
            MatrixStack.Of(Random("modules", scale, modules, joined, hidden)),
            sizes.Function);
        Mixture = new ModularGruMixture(
            Random("inputs", 1, rows, sizes.Inputs),
            Random("bias", 1, modules, hidden),
            Random("gating inputs", 1, rows, 2 * modules),
            Matrix.Of(Random("gating", scale, joined, 2 * modules)).RowRange(0, hidden),
            noisy ? Random("noise", 1, rows, modules) : null);
        _hiddenGradient = Random("gradient", 1, rows, hidden);
        States = new ModularGruMixtureStates(
            new ModularGruStates(Result(rows, hidden), Result(rows, 2 * hidden), Result(rows, hidden)),
            Result(rows, joined),
            IndexTensor.Allocate(new Shape(rows, sizes.Picks)),
            Result(rows, sizes.Picks),
            Result(rows, sizes.Picks));
        Gradients = new ModularGruMixtureGradients(
            Result(rows, 2 * hidden),
            Result(rows, 2 * modules),
            Result(rows, sizes.Picks, hidden),
            Result(rows, sizes.Inputs),
            Result(sizes.Batch, hidden));
    }

    public ModularGruMixture Mixture { get; }

    public ModularGruMixtureStates States { get; }

    public ModularGruMixtureGradients Gradients { get; }

    /// <summary>Everything that running and differentiating computes, except the selection.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Results =>
    [
        ("states", States.Unit.Hidden), ("gates", States.Unit.Gates), ("proposed states", States.Unit.ProposedStates),
        ("module inputs", States.ModuleInputs), ("shares", States.Shares), ("noise slopes", States.NoiseSlopes), ("gate gradient", Gradients.Gates), ("gating gradient", Gradients.Gating),
        ("output gradient", Gradients.Outputs), ("input gradient", Gradients.Inputs),
        ("initial gradient", Gradients.Initial),
    ];

    public void Run()
    {
        _kernels.ModularGruMixture(_input, Mixture, States);
        _kernels.ModularGruMixtureGradients(_input, Mixture, States, _hiddenGradient, Gradients);
    }

    private Tensor Random(string purpose, double scale, params int[] sizes)
    {
        var tensor = RandomTensors.Uniform(_key.Split(purpose), scale, sizes);
        return _kernels.Precision == Precision.Double ? tensor.ToDouble() : tensor;
    }

    /// <summary>A tensor to write to, filled with what must not survive.</summary>
    private Tensor Result(params int[] sizes)
    {
        var tensor = Tensor.Allocate(new Shape(sizes), _kernels.Precision);
        _kernels.Fill(tensor, double.NaN);
        return tensor;
    }
}
