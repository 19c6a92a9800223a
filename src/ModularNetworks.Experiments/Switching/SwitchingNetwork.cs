using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// A modular gated recurrent unit that follows a linear system which rules switch, and a linear map of its state to the state of the system.
/// </summary>
internal sealed class SwitchingNetwork : ModularNetwork<SwitchingBatch>
{
    private readonly GaussianLikelihood _noise;
    private readonly ModularGru _unit;
    private readonly Linear _output;

    /// <summary>Creates the network.</summary>
    /// <param name="options">Say the sizes of its parts.</param>
    /// <param name="rule">How the trained network selects its modules, which decides what chooses them.</param>
    /// <param name="key">Decides the initial weights.</param>
    public SwitchingNetwork(SwitchingOptions options, SelectionRule rule, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rule);
        _noise = GaussianLikelihood.Fixed(options.NoiseVariance);
        _unit = CreateUnit(options, rule, key);
        _output = new Linear("output", options.Hidden, options.Size, key.Split("output"));
        MultiplyAdds = _unit.MultiplyAdds(rule) + _output.Weight.Shape.Count;
        Layout = new CompositionLayout(_unit.Layout(options.Length));
        Parameters = [.. _unit.Parameters, .. _output.Parameters];
    }

    /// <summary>The multiply-adds for one time step.</summary>
    public long MultiplyAdds { get; }

    /// <inheritdoc/>
    public override CompositionLayout Layout { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Tensor LogLikelihood(ForwardPass pass, SwitchingBatch batch) => LogLikelihood(pass, Predict(pass, batch), batch);

    /// <summary>The states of the system that the network expects.</summary>
    /// <param name="pass">Decides how modules are selected.</param>
    /// <param name="batch">The inputs and rules; the targets are not read.</param>
    /// <returns><c>[steps * rows, size]</c>.</returns>
    public Tensor Predict(ForwardPass pass, SwitchingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(batch);
        var initial = pass.Tape.Rent(new Shape(pass.BatchSize, _unit.Hidden));
        pass.Tape.Kernels.Clear(initial);
        return _output.Forward(pass.Tape, _unit.Forward(pass, batch.Inputs, initial, batch.Rules));
    }

    /// <summary>Makes the controller's table, if there is one, decide as an assignment does, until training changes it.</summary>
    /// <param name="assignment">The modules of each rule.</param>
    /// <param name="probability">The probability of each assigned module.</param>
    internal void Follow(ModuleAssignment assignment, double probability)
    {
        if (_unit.Chooser is LinearController { Table: not null } controller)
            controller.Follow(assignment, probability);
    }

    /// <summary>Scores expected states.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="expected"><c>[steps * rows, size]</c>.</param>
    /// <param name="batch">Has the targets.</param>
    /// <returns>log p(y|x, a, θ), summed over steps, <c>[rows]</c>, in nats.</returns>
    internal Tensor LogLikelihood(ForwardPass pass, Tensor expected, SwitchingBatch batch) =>
        _noise.LogLikelihood(pass, expected, batch.Targets);

    private static ModularGru CreateUnit(SwitchingOptions options, SelectionRule rule, RandomKey key)
    {
        int features = options.Size + options.Rules, inputs = options.Hidden + features;
        var modules = new LinearModules(
            "gru.modules", options.Modules, inputs, options.Hidden, Activation.None, key.Split("modules"), options.RelatedModules);
        var chooser = rule.CreateChooser(
            options.Picks,
            () => new LinearController(
                "gru.controller", inputs, options.Modules, options.Picks, key.Split("controller"), options.RelatedModules, options.TableKeys),
            () => new NoisyGate("gru.noisyGate", inputs, options.Modules));
        var gates = options.ModularGates
            ? new GateModules("gru.gates", options.Modules, inputs, options.Hidden, key.Split("gates"), options.RelatedModules)
            : null;
        return new ModularGru("gru", features, options.Hidden, modules, chooser, key.Split("unit"), options.StateActivation, gates);
    }
}
