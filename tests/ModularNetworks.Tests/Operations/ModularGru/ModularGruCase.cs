using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

/// <summary>The sizes of a random modular gated recurrent unit.</summary>
internal sealed record ModularGruSizes(int Steps, int Batch, int Hidden, int Inputs, int Picks, int Modules)
{
    public int Candidates { get; init; } = 3;

    public StateActivation Function { get; init; }

    public bool HasModularGates { get; init; }

    public int Rows => Steps * Batch;
}

/// <summary>A random modular gated recurrent unit, the same for all kernels, and the results of a run on it.</summary>
internal sealed class ModularGruCase
{
    private readonly Kernels _kernels;
    private readonly ModularGruSizes _sizes;
    private readonly RandomKey _key;
    private readonly ModularGruInput _input;
    private readonly Tensor _proposalInputs;
    private readonly Tensor _hiddenGradient;
    private readonly ModularGruRollout _rollout;

    public ModularGruCase(Kernels kernels, ModularGruSizes sizes)
    {
        (_kernels, _sizes) = (kernels, sizes);
        _key = RandomKey.FromSeed((ulong)((sizes.Batch * 1_000_003) + (sizes.Hidden * 1009) + (sizes.Modules * 31)));
        int hidden = sizes.Hidden, joined = hidden + sizes.Inputs, choices = sizes.Picks * sizes.Modules;
        // Weights of this size keep states of the order of 1, so that rounding errors do not grow from step to step.
        double scale = 1 / Math.Sqrt(joined);
        var moduleWeight = Random("modules", scale / sizes.Picks, sizes.Modules, joined, hidden);
        var gateWeight = sizes.HasModularGates
            ? Random("gates", scale / sizes.Picks, sizes.Modules, joined, 2 * hidden)
            : Random("gates", scale, joined, 2 * hidden);
        _input = new ModularGruInput(
            Random("gate inputs", 1, sizes.Rows, 2 * hidden),
            Random("initial", 1, sizes.Batch, hidden),
            GruGateWeight.Of(gateWeight, hidden),
            new MatrixStack(moduleWeight, 0, hidden),
            sizes.Function);
        _proposalInputs = Random("proposal inputs", 1, sizes.Rows, hidden);
        _hiddenGradient = Random("gradient", 1, sizes.Rows, hidden);
        Given = RandomSelection("given");
        _rollout = new ModularGruRollout(
            Random("inputs", 1, sizes.Rows, sizes.Inputs),
            new MatrixStack(moduleWeight, hidden, sizes.Inputs),
            sizes.HasModularGates ? new MatrixStack(gateWeight, hidden, sizes.Inputs) : null,
            Random("bias", 1, sizes.Modules, hidden),
            Random("controller inputs", 1, sizes.Rows, choices),
            Matrix.Of(Random("controller", scale, joined, choices)).RowRange(0, hidden),
            sizes.Picks,
            sizes.Candidates,
            First: null,
            Key: null);
        int rows = sizes.Rows;
        States = new ModularGruStates(Result(rows, hidden), Result(rows, 2 * hidden), Result(rows, hidden));
        Gradients = new ModularGruGradients(
            Result(rows, 2 * hidden), Result(rows, hidden), Result(rows, hidden), Result(sizes.Batch, hidden));
        Hidden = Result(rows * sizes.Candidates, hidden);
        Selection = IndexTensor.Allocate(new Shape(sizes.Rows * sizes.Candidates, sizes.Picks));
        LogProbability = Result(sizes.Batch * sizes.Candidates);
    }

    /// <summary>Random modules, <c>[steps * batch, K]</c>.</summary>
    public IndexTensor Given { get; }

    public ModularGruStates States { get; }

    public ModularGruGradients Gradients { get; }

    public Tensor Hidden { get; }

    public IndexTensor Selection { get; }

    public Tensor LogProbability { get; }

    /// <summary>Everything that running and differentiating with given modules computes.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Results =>
    [
        ("states", States.Hidden), ("gates", States.Gates), ("proposed states", States.ProposedStates),
        ("gate gradient", Gradients.Gates), ("proposed state gradient", Gradients.ProposedStates),
        ("reset states", Gradients.ResetStates), ("initial gradient", Gradients.Initial),
    ];

    public void Run()
    {
        _kernels.ModularGru(_input, Given, _proposalInputs, States);
        _kernels.ModularGruGradients(_input, Given, States, _hiddenGradient, Gradients);
    }

    public void RollOut(IndexTensor? first, RandomKey? key) => _kernels.ModularGruRollout(
        _sizes.HasModularGates ? _input with { GateInputs = null } : _input, _rollout with { First = first, Key = key }, Hidden, Selection, LogProbability);

    /// <summary>The modules that one candidate used, <c>[steps * batch, K]</c>.</summary>
    public IndexTensor SelectionOf(int candidate)
    {
        var selection = IndexTensor.Allocate(Given.Shape);
        int perStep = _sizes.Batch * _sizes.Picks;
        for (int t = 0; t < _sizes.Steps; t++)
        {
            Selection.Values.Slice(((t * _sizes.Candidates) + candidate) * perStep, perStep)
                .CopyTo(selection.Values[(t * perStep)..]);
        }
        return selection;
    }

    /// <summary>One candidate's states, <c>[steps * batch * hidden]</c>, and log-probabilities, <c>[batch]</c>.</summary>
    public double[] NumbersOf(int candidate)
    {
        var hidden = RandomTensors.ToDoubles(Hidden);
        int perStep = _sizes.Batch * _sizes.Hidden;
        return
        [
            .. Enumerable.Range(0, _sizes.Steps)
                .SelectMany(t => hidden.Skip(((t * _sizes.Candidates) + candidate) * perStep).Take(perStep)),
            .. RandomTensors.ToDoubles(LogProbability).Skip(candidate * _sizes.Batch).Take(_sizes.Batch),
        ];
    }

    private Tensor Random(string purpose, double scale, params int[] sizes)
    {
        var tensor = RandomTensors.Uniform(_key.Split(purpose), scale, sizes);
        return _kernels.Precision == Precision.Double ? tensor.ToDouble() : tensor;
    }

    private IndexTensor RandomSelection(string purpose)
    {
        var selection = IndexTensor.Allocate(new Shape(_sizes.Rows, _sizes.Picks));
        for (int i = 0; i < selection.Values.Length; i++)
            selection.Values[i] = _key.Split(purpose).Below((ulong)i, _sizes.Modules);
        return selection;
    }

    /// <summary>A tensor to write to, filled with what must not survive.</summary>
    private Tensor Result(params int[] sizes)
    {
        var tensor = Tensor.Allocate(new Shape(sizes), _kernels.Precision);
        _kernels.Fill(tensor, double.NaN);
        return tensor;
    }
}
