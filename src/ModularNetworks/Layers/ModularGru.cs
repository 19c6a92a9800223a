using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The modular gated recurrent unit (paper, appendix A): K linear modules, selected anew at every time step, make the
/// proposed state.
/// <code>
/// z, r = sigmoid(W [h, x])
/// c    = relu(sum_k f_{a_k}([r * h, x]))       a ~ p(a | [h, x])
/// h'   = (1 - z) * h + z * c
/// </code>
/// Rows are time-major: row <c>t * batch + b</c>.
/// </summary>
public sealed partial class ModularGru
{
    /// <summary>
    /// Creates a unit with Glorot uniform weights, zero biases, and gates without bias as printed in the paper.
    /// </summary>
    /// <param name="name">The first part of the parameters' names, and the layer's name in compositions.</param>
    /// <param name="inputs">The size of an input x.</param>
    /// <param name="hidden">The size of a state h, and of a module's output.</param>
    /// <param name="modules">M.</param>
    /// <param name="picks">K.</param>
    /// <param name="selector">What decides which modules are used.</param>
    /// <param name="key">Decides the initial weights.</param>
    /// <param name="function">The activation of the proposed state.</param>
    /// <param name="families">Which modules are related; by default none.</param>
    /// <exception cref="ArgumentException">
    /// A noisy gate is asked for more than one mixture (K above 1), or there are more families than modules.
    /// </exception>
    public ModularGru(
        string name,
        int inputs,
        int hidden,
        int modules,
        int picks,
        Selector selector,
        RandomKey key,
        StateActivation function = StateActivation.Relu,
        ModuleFamilies families = default)
    {
        if (selector == Selector.NoisyGate && picks != 1)
        {
            throw new ArgumentException(
                $"ModularGru {name}: a noisy gate makes one mixture, and K is {picks}; it must be 1. How many modules are "
                + "mixed is up to the training.");
        }
        Name = name;
        Hidden = hidden;
        Function = function;
        int joined = hidden + inputs;
        GateWeight = new Parameter($"{name}.gates.weight", new Shape(joined, 2 * hidden));
        Initialization.GlorotUniform(GateWeight.Value, joined, hidden, key.Split("gates"));
        Modules = new LinearModules(
            $"{name}.modules", modules, joined, hidden, Activation.None, key.Split("modules"), families);
        Picks = picks;
        Controller = selector == Selector.Controller
            ? new LinearController($"{name}.controller", joined, modules, picks, key.Split("controller"), families)
            : null;
        NoisyGate = selector == Selector.NoisyGate ? new NoisyGate($"{name}.noisyGate", joined, modules) : null;
        Parameters =
            [GateWeight, .. Modules.Parameters, .. Controller?.Parameters ?? [], .. NoisyGate?.Parameters ?? []];
    }

    /// <summary>The layer's name in compositions.</summary>
    public string Name { get; }

    /// <summary>The size of a state.</summary>
    public int Hidden { get; }

    /// <summary>The activation of the proposed state.</summary>
    public StateActivation Function { get; }

    /// <summary>K.</summary>
    public int Picks { get; }

    /// <summary>W_z and W_r side by side, <c>[hidden + inputs, 2 hidden]</c>.</summary>
    public Parameter GateWeight { get; }

    /// <summary>f_m([r * h, x]), shared by all time steps.</summary>
    public LinearModules Modules { get; }

    /// <summary>p(a | [h, x]); null where no controller selects.</summary>
    public LinearController? Controller { get; }

    /// <summary>The gate that mixes modules by [h, x]; null where modules are not mixed.</summary>
    public NoisyGate? NoisyGate { get; }

    /// <summary>All parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The unit's part of a composition over some time steps.</summary>
    public LayerLayout Layout(int steps) =>
        new(Name, Modules.Modules, Picks, steps) { Families = Modules.Families };

    /// <summary>Runs the unit over whole sequences.</summary>
    /// <param name="pass">Decides how modules are selected.</param>
    /// <param name="inputs"><c>[steps * batch, inputs]</c>; shared by all candidates.</param>
    /// <param name="initial"><c>[batch, hidden]</c>, the states before the first step.</param>
    /// <returns>The new states, <c>[steps * rows, hidden]</c>.</returns>
    public Tensor Forward(ModularPass pass, Tensor inputs, Tensor initial)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(initial);
        var gateInputs = ProductWithInputRows(pass.Tape, inputs, GateWeight);
        if (pass.IsMixture)
            return RunMixture(pass, inputs, initial, gateInputs);
        int steps = inputs.Shape[0] / pass.BatchSize;
        var known = pass.KnownSelection(steps, Picks);
        if (pass.IsSettled)
        {
            (inputs, initial) = (pass.ForCandidates(inputs, steps), pass.ForCandidates(initial));
            return RunGiven(pass, inputs, initial, pass.ForCandidates(gateInputs, steps), known!);
        }
        var selected = Select(pass, inputs, initial, gateInputs, known);
        return pass.Tape.IsRecording && pass.Candidates == 1
            ? RunGiven(pass, inputs, initial, gateInputs, selected.Selection) // once more, for the gradients
            : Finish(pass, inputs, initial, selected);
    }

    /// <summary>Modules known beforehand: differentiable.</summary>
    private Tensor RunGiven(ModularPass pass, Tensor inputs, Tensor initial, Tensor gateInputs, IndexTensor selection)
    {
        var tape = pass.Tape;
        var hidden = States(tape, inputs, initial, gateInputs, selection);
        int steps = inputs.Shape[0] / pass.Rows;
        if (Controller is not null && !pass.IsFixed)
        {
            var logits = Logits(
                tape, pass.ForController(inputs), pass.ForController(initial), pass.ForController(hidden));
            pass.Observe(logits, steps);
            var perRow = tape.SumLast(tape.CategoricalLogProbability(logits, selection));
            pass.AddLogProbability(tape.SumAxis(tape.Reshape(perRow, new Shape(steps, pass.Rows)), 0));
        }
        pass.Note(selection, steps);
        return hidden;
    }

    /// <summary>The states after every step: <c>[steps * rows, hidden]</c>.</summary>
    private Tensor States(Tape tape, Tensor inputs, Tensor initial, Tensor gateInputs, IndexTensor selection)
    {
        var groups = RowGroups.Sort(tape, selection, Modules.Modules);
        var moduleWeight = Modules.Weights(tape);
        var perPick = tape.GroupedLinear(inputs, groups, moduleWeight, Modules.Bias.Value, firstInput: Hidden);
        var proposalInputs = Picks == 1 ? tape.Reshape(perPick, new Shape(inputs.Shape[0], Hidden)) : tape.SumAxis(perPick, 1);
        return tape.ModularGru(
            gateInputs, proposalInputs, initial, GateWeight.Value, moduleWeight, selection, groups, Function);
    }

    /// <summary>Selects modules on the way, without gradients.</summary>
    private Selected Select(ModularPass pass, Tensor inputs, Tensor initial, Tensor gateInputs, IndexTensor? first)
    {
        if (Controller is null)
            throw new InvalidOperationException($"{Name} has no controller; run it with fixed modules.");
        var tape = pass.Tape;
        int steps = inputs.Shape[0] / pass.BatchSize, rows = steps * pass.Rows;
        var hidden = tape.Rent(new Shape(rows, Hidden));
        var selection = tape.RentIndices(new Shape(rows, Picks));
        var logProbability = tape.Rent(new Shape(pass.Rows));
        var moduleWeight = Modules.Weights(tape);
        var controllerInputs = tape.AddBias(ProductWithInputRows(tape, inputs, Controller.Weight), Controller.Bias.Value);
        var unit = new ModularGruInput(
            gateInputs, initial, StateRows(GateWeight), new MatrixStack(moduleWeight, 0, Hidden), Function);
        var rollout = new ModularGruRollout(
            inputs,
            new MatrixStack(moduleWeight, Hidden, inputs.Shape.Last),
            Modules.Bias.Value,
            controllerInputs,
            StateRows(Controller.Weight),
            Picks,
            pass.Candidates,
            first,
            pass.LayerKey);
        tape.Kernels.ModularGruRollout(unit, rollout, hidden, selection, logProbability);
        return new Selected(hidden, selection, logProbability);
    }

    /// <summary>Tells the pass what was selected on the way.</summary>
    private Tensor Finish(ModularPass pass, Tensor inputs, Tensor initial, Selected selected)
    {
        int steps = inputs.Shape[0] / pass.BatchSize;
        if (pass.Candidates == 1 && pass.Observer is not null)
            pass.Observe(Logits(pass.Tape, inputs, initial, selected.Hidden), steps);
        pass.Note(selected.Selection, steps);
        pass.AddLogProbability(selected.LogProbability);
        return selected.Hidden;
    }

    /// <summary>
    /// The controller's logits at all time steps, from the states before each: <c>[steps * rows, K, modules]</c>.
    /// </summary>
    private Tensor Logits(Tape tape, Tensor inputs, Tensor initial, Tensor hidden) =>
        Logits(tape, inputs, StatesBefore(tape, initial, hidden));

    /// <summary>The states before each step, <c>[steps * rows, hidden]</c>.</summary>
    private static Tensor StatesBefore(Tape tape, Tensor initial, Tensor hidden)
    {
        int later = hidden.Shape[0] - initial.Shape[0];
        return later == 0 ? initial : tape.ConcatenateRows(initial, tape.Rows(hidden, 0, later));
    }

    /// <summary>The inputs' share of a product with [h, x].</summary>
    private Tensor ProductWithInputRows(Tape tape, Tensor inputs, Parameter weight) =>
        tape.MatrixProduct(inputs, tape.Rows(weight.Value, Hidden, inputs.Shape.Last));

    private Matrix StateRows(Parameter weight) => Matrix.Of(weight.Value).RowRange(0, Hidden);

    /// <summary>States and modules of a run that selected on the way.</summary>
    private readonly record struct Selected(Tensor Hidden, IndexTensor Selection, Tensor LogProbability);
}
