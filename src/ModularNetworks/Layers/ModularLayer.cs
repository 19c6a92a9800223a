using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A modular layer (paper, section 2 and Figure 1): the controller selects K of the pool's M modules for every input, the
/// selected modules process it, and their outputs are summed or concatenated.
/// </summary>
public sealed class ModularLayer : IModularLayer
{
    /// <summary>Creates a layer. Layers that are given the same pool share its modules.</summary>
    /// <param name="name">The layer's name in compositions and reports.</param>
    /// <param name="pool">The modules.</param>
    /// <param name="chooser">Chooses among the modules: a controller, a noisy gate, or a fixed choice.</param>
    /// <param name="combination">How the selected modules' outputs become one.</param>
    /// <exception cref="ArgumentException">The chooser selects from another number of modules than the pool has, or
    /// begins in other families.</exception>
    public ModularLayer(string name, ModulePool pool, Chooser chooser, Combination combination = Combination.Sum)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(chooser);
        ChooserCheck.RequireSameModules($"ModularLayer {name}", pool, chooser);
        Pool = pool;
        Chooser = chooser;
        Combination = combination;
        Layout = new LayerLayout(name, pool.Modules, chooser.Picks) { Families = chooser.Families };
        Parameters = [.. pool.Parameters, .. chooser.Parameters];
    }

    /// <summary>The modules.</summary>
    public ModulePool Pool { get; }

    /// <summary>Chooses among the modules.</summary>
    public Chooser Chooser { get; }

    /// <summary>How the selected modules' outputs become one.</summary>
    public Combination Combination { get; }

    /// <summary>The layer's part of a composition.</summary>
    public LayerLayout Layout { get; }

    /// <inheritdoc/>
    public int Modules => Pool.Modules;

    /// <inheritdoc/>
    public int Picks => Chooser.Picks;

    /// <summary>The parameters of the modules, then those of the chooser.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The multiply-adds for one row: of the modules that a rule selects, and of the chooser.</summary>
    /// <param name="rule">Decides how many modules run.</param>
    public long MultiplyAdds(SelectionRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return (PicksBy(rule) * Pool.MultiplyAdds) + Chooser.MultiplyAdds;
    }

    /// <summary>The number of modules that run at once: K, or as many as a rule mixes.</summary>
    /// <param name="rule">Decides how many modules run.</param>
    public long PicksBy(SelectionRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.PicksOf(Layout);
    }

    /// <summary>Selects modules and runs them.</summary>
    /// <param name="pass">The run, whose rule decides how modules are selected, or mixed.</param>
    /// <param name="input"><c>[rows, inputs]</c>; one row a datapoint, or one for each candidate of each datapoint.</param>
    /// <returns>
    /// <c>[rows, outputs]</c> for a sum, <c>[rows, K * outputs]</c> for a concatenation; where modules are mixed, every
    /// output is multiplied by the module's share, and their number k takes the place of K.
    /// </returns>
    public Tensor Forward(ForwardPass pass, Tensor input) => Forward(pass, input, input);

    /// <summary>Selects modules by one input and runs them on another.</summary>
    /// <param name="pass">The run, whose rule decides how modules are selected, or mixed.</param>
    /// <param name="input"><c>[rows, inputs]</c>, what the modules read.</param>
    /// <param name="forController"><c>[rows, ...]</c>, what the controller or the noisy gate reads.</param>
    /// <returns>As the other overload.</returns>
    public Tensor Forward(ForwardPass pass, Tensor input, Tensor forController) =>
        Forward(pass, new LayerInput(input, forController));

    /// <summary>Selects modules and runs them, for inputs that show a token, a cluster or a task.</summary>
    /// <param name="pass">The run, whose rule decides how modules are selected, or mixed.</param>
    /// <param name="input">The inputs of modules and controller, and what they show.</param>
    /// <returns>As the other overloads.</returns>
    public Tensor Forward(ForwardPass pass, LayerInput input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return pass.Rule.Run(pass, this, input);
    }

    /// <inheritdoc/>
    public Tensor RunGiven(ForwardPass pass, LayerInput input, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return Chooser is Controller
            ? Apply(pass, input, selection, Distributions(pass, input, out _))
            : RunFixed(pass, input, selection);
    }

    /// <inheritdoc/>
    public Tensor RunFixed(ForwardPass pass, LayerInput input, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(pass);
        input.Require();
        pass.Trace.AddSelection(selection, steps: 1);
        return RunModules(pass, input, selection);
    }

    /// <inheritdoc/>
    public Tensor RunChosen(ForwardPass pass, LayerInput input, IndexTensor? first, RandomKey? key)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var distributions = Distributions(pass, input, out var logits);
        var selection = key is { } draw ? distributions.Sample(pass.Tape, draw) : logits.MostProbable(pass.Tape);
        if (first is not null)
        {
            ChooserCheck.RequireSelection(Layout.Name, first, pass.BatchSize, Chooser);
            first.Values.CopyTo(selection.Values);
        }
        return Apply(pass, input, selection, distributions);
    }

    /// <inheritdoc/>
    public Tensor RunMixed(ForwardPass pass, LayerInput input, MixtureSelection mixture)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(mixture);
        input.Require();
        var gate = ChooserCheck.GateOf(Layout.Name, Chooser);
        var (selection, shares) = mixture.Mix(pass, gate, input.ForController);
        return Combination.Of(pass.Tape, pass.Tape.ScaleRows(Pool.Forward(pass.Tape, input.Values, selection), shares));
    }

    /// <summary>The controller's distributions for all rows.</summary>
    private SelectionDistributions Distributions(ForwardPass pass, LayerInput input, out SelectionLogits logits)
    {
        input.Require();
        var values = pass.ForController(input.ForController);
        var keys = input.InputKeys is { } shown && values.Shape[0] != shown.Shape.Count ? pass.ForCandidates(shown) : input.InputKeys;
        logits = ChooserCheck.ControllerOf(Layout.Name, Chooser).Logits(pass.Tape, new ControllerInput(values, keys));
        pass.Trace.AddLogits(logits, steps: 1);
        // Candidates that share an input share its distribution, which is normalised once.
        return logits.Normalize(pass.Tape).Repeat(logits.Rows == pass.Rows ? 1 : pass.Candidates);
    }

    /// <summary>Scores a selection and runs its modules.</summary>
    private Tensor Apply(ForwardPass pass, LayerInput input, IndexTensor selection, SelectionDistributions distributions)
    {
        pass.Trace.AddLogProbability(pass.Tape.SumLast(distributions.LogProbability(pass.Tape, selection)));
        pass.Trace.AddSelection(selection, steps: 1);
        return RunModules(pass, input, selection);
    }

    private Tensor RunModules(ForwardPass pass, LayerInput input, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(input.Values);
        var rows = Pool.SharesInputs ? input.Values : pass.ForCandidates(input.Values);
        return Combination.Of(pass.Tape, Pool.Forward(pass.Tape, rows, selection));
    }
}
