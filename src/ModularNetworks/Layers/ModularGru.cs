using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The modular gated recurrent unit (paper, appendix A): K modules, selected anew at every time step, make the proposed
/// state.
/// <code>
/// z, r = sigmoid(W [h, x])
/// c    = f(sum_k f_{a_k}([r * h, x]))       a ~ p(a | [h, x])
/// h'   = (1 - z) * h + z * c
/// </code>
/// with f relu or tanh. Rows are time-major: row <c>t * batch + b</c>. The paper's gates are shared by all modules, as above; or every
/// module brings its own, z, r = sigmoid(sum_k W_{a_k} [h, x]), so that with K = 1 the selection switches the whole unit.
/// </summary>
public sealed class ModularGru : IModularLayer
{
    private readonly GruPath _path;

    /// <summary>Creates a unit. Shared gates have Glorot uniform weights and no bias, as printed in the paper.</summary>
    /// <param name="name">The layer's name in compositions, and the first part of the gates' name.</param>
    /// <param name="inputs">The size of an input x.</param>
    /// <param name="hidden">The size of a state h.</param>
    /// <param name="pool">The modules; each maps <c>[rows, hidden + inputs]</c> to <c>[rows, hidden]</c>.</param>
    /// <param name="chooser">Chooses among the modules; reads <c>[rows, hidden + inputs]</c>.</param>
    /// <param name="key">Decides the initial weights of shared gates.</param>
    /// <param name="activation">Makes the proposed state.</param>
    /// <param name="gates">
    /// The modules' gates z and r, before the sigmoid, such as <see cref="GateModules"/>; each maps <c>[rows, hidden + inputs]</c> to
    /// <c>[rows, 2 hidden]</c>. Null for gates that all modules share.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The chooser or the gates have another number of modules than the pool, or begin in other families.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The size of an input or a state is less than 1.</exception>
    public ModularGru(
        string name,
        int inputs,
        int hidden,
        ModulePool pool,
        Chooser chooser,
        RandomKey key,
        StateActivation activation = StateActivation.Relu,
        ModulePool? gates = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(chooser);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ChooserCheck.RequireSameModules($"ModularGru {name}", pool, chooser);
        int joined = Sizes.Sum(name, hidden, inputs), gateOutputs = Sizes.Product(name, 2, hidden);
        (Name, Inputs, Hidden, Activation) = (name, inputs, hidden, activation);
        (Pool, Chooser, Gates) = (pool, chooser, gates);
        if (gates is null)
        {
            GateWeight = new Parameter($"{name}.gates.weight", new Shape(joined, gateOutputs));
            Initialization.GlorotUniform(GateWeight.Value, joined, hidden, key.Split("gates"));
            Parameters = [GateWeight, .. pool.Parameters, .. chooser.Parameters];
        }
        else
        {
            ChooserCheck.RequireSameModules($"ModularGru {name}, gates", gates, chooser);
            Parameters = [.. gates.Parameters, .. pool.Parameters, .. chooser.Parameters];
        }
        _path = GruPath.Of(this);
    }

    /// <summary>The layer's name in compositions.</summary>
    public string Name { get; }

    /// <summary>The size of an input.</summary>
    public int Inputs { get; }

    /// <summary>The size of a state.</summary>
    public int Hidden { get; }

    /// <summary>Makes the proposed state.</summary>
    public StateActivation Activation { get; }

    /// <inheritdoc/>
    public int Modules => Pool.Modules;

    /// <inheritdoc/>
    public int Picks => Chooser.Picks;

    /// <summary>W_z and W_r side by side, <c>[hidden + inputs, 2 hidden]</c>; null if every module brings its gates.</summary>
    public Parameter? GateWeight { get; }

    /// <summary>The modules' own gates by [h, x], shared by all time steps; null if all modules share theirs.</summary>
    public ModulePool? Gates { get; }

    /// <summary>f_m([r * h, x]), shared by all time steps.</summary>
    public ModulePool Pool { get; }

    /// <summary>Chooses among the modules by [h, x].</summary>
    public Chooser Chooser { get; }

    /// <summary>All parameters: of the gates, the modules and the chooser.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The unit's part of a composition over some time steps.</summary>
    /// <param name="steps">The number of time steps.</param>
    public LayerLayout Layout(int steps) => new(Name, Pool.Modules, Picks, steps) { Families = Pool.Families };

    /// <summary>
    /// The multiply-adds for one row at one time step: of the gates, of the modules that a rule selects, and of the chooser.
    /// </summary>
    /// <param name="rule">Decides how many modules run.</param>
    public long MultiplyAdds(SelectionRule rule)
    {
        long ofPick = Pool.MultiplyAdds + (Gates?.MultiplyAdds ?? 0);
        return (GateWeight?.Shape.Count ?? 0) + (PicksBy(rule) * ofPick) + Chooser.MultiplyAdds;
    }

    /// <summary>The number of modules that run at once: K, or as many as a rule mixes.</summary>
    /// <param name="rule">Decides how many modules run.</param>
    public long PicksBy(SelectionRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.PicksOf(Layout(steps: 1));
    }

    /// <summary>Runs the unit over whole sequences.</summary>
    /// <param name="pass">The run, whose rule decides how modules are selected, or mixed.</param>
    /// <param name="inputs"><c>[steps * batch, inputs]</c>; shared by all candidates.</param>
    /// <param name="initial"><c>[batch, hidden]</c>, the states before the first step.</param>
    /// <param name="inputKeys"><c>[steps * batch]</c>, the token that each input shows; null if there is none.</param>
    /// <returns>The new states, <c>[steps * rows, hidden]</c>.</returns>
    /// <exception cref="ShapeException">A shape does not fit the unit, the run, or what the run's rule gives.</exception>
    public Tensor Forward(ForwardPass pass, Tensor inputs, Tensor initial, IndexTensor? inputKeys = null)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(initial);
        return pass.Rule.Run(pass, this, new LayerInput(inputs, inputs, initial, inputs.Shape[0] / pass.BatchSize, inputKeys));
    }

    /// <summary>The controller's logits, from which the modules of the next step are selected.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="inputs">x_t, <c>[rows, inputs]</c>, and the token that each shows if that is known.</param>
    /// <param name="states">h_{t-1}, <c>[rows, hidden]</c>.</param>
    /// <returns>Of <c>[rows, K, modules]</c>.</returns>
    /// <exception cref="InvalidOperationException">The unit has no controller.</exception>
    /// <exception cref="ShapeException">A shape does not fit.</exception>
    public SelectionLogits Logits(Tape tape, ControllerInput inputs, Tensor states)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(states);
        ChooserCheck.ControllerOf(Name, Chooser);
        GruCheck.RequireStep(this, inputs, states);
        return _path.Logits(tape, inputs, states);
    }

    /// <summary>The states after one step with given modules.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="inputs">x_t, <c>[rows, inputs]</c>.</param>
    /// <param name="states">h_{t-1}, <c>[rows, hidden]</c>.</param>
    /// <param name="selection">a_t, <c>[rows, K]</c>.</param>
    /// <returns>h_t, <c>[rows, hidden]</c>.</returns>
    /// <exception cref="ShapeException">A shape does not fit, or a module does not exist.</exception>
    public Tensor NextStates(Tape tape, Tensor inputs, Tensor states, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(selection);
        GruCheck.RequireStep(this, inputs, states);
        ChooserCheck.RequireSelection(Name, selection, inputs.Shape[0], Chooser);
        return _path.States(tape, new GruSequences(inputs, states, GateInputs(tape, inputs)), selection);
    }

    /// <inheritdoc/>
    Tensor IModularLayer.RunGiven(ForwardPass pass, LayerInput input, IndexTensor selection)
    {
        var sequences = SequencesOf(pass, input).ForCandidates(pass, input.Steps);
        ChooserCheck.RequireSelection(Name, selection, sequences.Inputs.Shape[0], Chooser);
        return RunGiven(pass, sequences, selection, input.Steps);
    }

    /// <inheritdoc/>
    Tensor IModularLayer.RunFixed(ForwardPass pass, LayerInput input, IndexTensor selection)
    {
        var sequences = SequencesOf(pass, input);
        ChooserCheck.RequireSelection(Name, selection, input.Values.Shape[0], Chooser);
        var hidden = _path.States(pass.Tape, sequences, selection);
        pass.Trace.AddSelection(selection, input.Steps);
        return hidden;
    }

    /// <inheritdoc/>
    Tensor IModularLayer.RunChosen(ForwardPass pass, LayerInput input, IndexTensor? first, RandomKey? key)
    {
        ChooserCheck.ControllerOf(Name, Chooser);
        var sequences = SequencesOf(pass, input);
        if (first is not null)
            ChooserCheck.RequireSelection(Name, first, input.Values.Shape[0], Chooser);
        var chosen = _path.Choose(pass, sequences, first, key);
        return pass.Tape.IsRecording
            ? RunGiven(pass, sequences.ForCandidates(pass, input.Steps), chosen.Selection, input.Steps) // once more, for the gradients
            : Finish(pass, sequences, chosen, input.Steps);
    }

    /// <inheritdoc/>
    Tensor IModularLayer.RunMixed(ForwardPass pass, LayerInput input, MixtureSelection mixture) => mixture.Shares == MixtureShares.OfMixed
        ? _path.Mix(pass, SequencesOf(pass, input), ChooserCheck.GateOf(Name, Chooser), mixture)
        : throw new InvalidOperationException(
            $"{Name}: a recurrent layer divides a mixture among the modules that are mixed; shares of all are not possible. Use MixtureShares.OfMixed.");

    /// <summary>Begins to read one sequence input by input, from a zero state.</summary>
    internal GruReading StartReading(Kernels kernels) => _path.StartReading(kernels);

    /// <summary>The inputs' share of the gates z and r, before the sigmoid; null if it depends on the modules.</summary>
    private Tensor? GateInputs(Tape tape, Tensor inputs) =>
        GateWeight is null ? null : tape.MatrixProduct(inputs, tape.Rows(GateWeight.Value, Hidden, inputs.Shape.Last));

    /// <summary>What comes in, checked.</summary>
    private GruSequences SequencesOf(ForwardPass pass, in LayerInput input)
    {
        GruCheck.RequireSequences(this, pass.BatchSize, input);
        return new GruSequences(input.Values, input.Initial!, GateInputs(pass.Tape, input.Values), input.InputKeys);
    }

    /// <summary>Runs modules that are known and scores them with the controller, if there is one: differentiable.</summary>
    private Tensor RunGiven(ForwardPass pass, GruSequences sequences, IndexTensor selection, int steps)
    {
        var tape = pass.Tape;
        var hidden = _path.States(tape, sequences, selection);
        if (Chooser is Controller)
        {
            var before = StateProducts.StatesBefore(
                tape, pass.ForController(sequences.Initial), pass.ForController(hidden));
            var logits = _path.Logits(
                tape, new ControllerInput(pass.ForController(sequences.Inputs), sequences.InputKeys), before);
            pass.Trace.AddLogits(logits, steps);
            var perRow = tape.SumLast(logits.LogProbability(tape, selection));
            pass.Trace.AddLogProbability(tape.SumAxis(tape.Reshape(perRow, new Shape(steps, pass.Rows)), 0));
        }
        pass.Trace.AddSelection(selection, steps);
        return hidden;
    }

    /// <summary>Writes what was chosen on the way to the trace.</summary>
    private Tensor Finish(ForwardPass pass, GruSequences sequences, GruChoice chosen, int steps)
    {
        if (pass.Candidates == 1 && pass.Observer is not null)
        {
            var before = StateProducts.StatesBefore(pass.Tape, sequences.Initial, chosen.Hidden);
            var input = new ControllerInput(sequences.Inputs, sequences.InputKeys);
            pass.Trace.AddLogits(_path.Logits(pass.Tape, input, before), steps);
        }
        pass.Trace.AddSelection(chosen.Selection, steps);
        pass.Trace.AddLogProbability(chosen.LogProbability);
        return chosen.Hidden;
    }
}
