using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A multilayer perceptron of modules: a modular hidden layer with rectified units and a modular output layer, whose modules'
/// outputs are summed in both. The output is logits of classes, or the mean of a Gaussian.
/// </summary>
public sealed class ModularMlp : ModularNetwork<VectorBatch>, IKeyedNetwork<VectorBatch>
{
    private readonly SelectionRule _rule;
    private readonly GaussianLikelihood _noise;
    private readonly ModularLayer _hidden;
    private readonly ModularLayer? _output;

    /// <summary>Creates the network.</summary>
    /// <param name="sizes">The sizes of its parts.</param>
    /// <param name="rule">How the trained network selects its modules, which decides what chooses them.</param>
    /// <param name="key">Decides the initial weights.</param>
    public ModularMlp(ModularMlpSizes sizes, SelectionRule rule, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(rule);
        (Sizes, _rule) = (sizes, rule);
        _noise = GaussianLikelihood.Fixed(sizes.NoiseVariance);
        _hidden = Selecting("hidden", Pool("hidden", sizes.Inputs, sizes.Hidden, Activation.Relu, key), sizes.Inputs, key);
        var pool = Pool("output", sizes.Hidden, sizes.Outputs, Activation.None, key);
        if (sizes.Shared)
            Following = new FollowingLayer("output", pool);
        else
            _output = Selecting("output", pool, sizes.Hidden, key);
        MultiplyAdds = _hidden.MultiplyAdds(rule)
            + (_output?.MultiplyAdds(rule) ?? (_hidden.PicksBy(rule) * pool.MultiplyAdds));
        Layout = _output is null ? new CompositionLayout(_hidden.Layout) : new CompositionLayout(_hidden.Layout, _output.Layout);
        Parameters = [.. _hidden.Parameters, .. _output?.Parameters ?? pool.Parameters];
    }

    /// <summary>The sizes of its parts.</summary>
    public ModularMlpSizes Sizes { get; }

    /// <summary>The layers that select modules, in the order in which they run: both, or the hidden layer alone.</summary>
    public IReadOnlyList<ModularLayer> Layers => _output is null ? [_hidden] : [_hidden, _output];

    /// <summary>The output layer, if it uses the modules that the hidden layer has selected; else null.</summary>
    public FollowingLayer? Following { get; }

    /// <summary>The multiply-adds for one datapoint, of both layers.</summary>
    public long MultiplyAdds { get; }

    /// <inheritdoc/>
    public override CompositionLayout Layout { get; }

    /// <inheritdoc/>
    public int InputKeys => Sizes.InputKeys;

    /// <inheritdoc/>
    public IReadOnlyList<LinearController> Tables =>
        [.. ((ModularLayer?[])[_hidden, _output]).Select(layer => layer?.Chooser.LinearPart).OfType<LinearController>().Where(controller => controller.Table is not null)];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> ControllerParameters => [.. _hidden.Chooser.Parameters, .. _output?.Chooser.Parameters ?? []];

    /// <inheritdoc/>
    public override Tensor LogLikelihood(ForwardPass pass, VectorBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return LogLikelihood(pass, Predict(pass, batch), batch);
    }

    /// <inheritdoc/>
    public IndexTensor KeysOf(Tape tape, VectorBatch batch, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.InputKeys ?? throw new ArgumentException("ModularMlp: the vectors of the batch show no task or cluster.", nameof(batch));
    }

    /// <summary>The network's output: unnormalised log-probabilities of classes, or a number.</summary>
    /// <param name="pass">Decides how modules are selected.</param>
    /// <param name="batch">The inputs, and what they show; the targets are not read.</param>
    /// <returns><c>[rows, outputs]</c>.</returns>
    public Tensor Predict(ForwardPass pass, VectorBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var hidden = _hidden.Forward(pass, new LayerInput(batch.Inputs, batch.Inputs, InputKeys: batch.InputKeys));
        return _output?.Forward(pass, new LayerInput(hidden, hidden, InputKeys: batch.InputKeys))
            ?? Following!.Forward(pass, hidden, leader: 0);
    }

    /// <summary>The modules of the layers that select, in the order in which they run.</summary>
    public IReadOnlyList<ModulePool> Pools => [.. ((ModularLayer?[])[_hidden, _output]).OfType<ModularLayer>().Select(layer => layer.Pool)];

    /// <summary>Makes the tables of the controllers decide as an assignment does, until training changes them.</summary>
    /// <param name="assignment">The modules of each task or cluster.</param>
    /// <param name="probability">The probability of each assigned module.</param>
    public void Follow(ModuleAssignment assignment, double probability)
    {
        foreach (var controller in Tables)
            controller.Follow(assignment, probability);
    }

    /// <summary>Scores an output.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="output"><c>[rows, outputs]</c>.</param>
    /// <param name="batch">Has the targets.</param>
    /// <returns>log p(y|x, a, θ), <c>[rows]</c>, in nats.</returns>
    public Tensor LogLikelihood(ForwardPass pass, Tensor output, VectorBatch batch) => batch.Classes is { } classes
        ? CategoricalLikelihood.LogLikelihood(pass, output, classes)
        : _noise.LogLikelihood(pass, output, batch.Targets!);

    /// <summary>Makes the controller of the hidden layer choose the module of the nearest cluster, until training changes it.</summary>
    /// <param name="clusters">As many clusters of inputs as modules.</param>
    /// <param name="sharpness">How fast a module becomes less probable with the distance.</param>
    public void Follow(Clusters clusters, double sharpness) => _hidden.Chooser.LinearPart?.Follow(clusters, sharpness);

    private LinearModules Pool(string name, int inputs, int outputs, Activation activation, RandomKey key) => new(
        $"{name}.modules", Sizes.Modules, inputs, outputs, activation, key.Split($"{name}.modules"), Sizes.Families);

    private ModularLayer Selecting(string name, LinearModules pool, int inputs, RandomKey key)
    {
        var chooser = _rule.CreateChooser(
            Sizes.Picks,
            () => CreateController($"{name}.controller", inputs, key.Split($"{name}.controller")),
            () => new NoisyGate($"{name}.gate", inputs, Sizes.Modules));
        return new ModularLayer(name, pool, chooser);
    }

    private Controller CreateController(string name, int inputs, RandomKey key)
    {
        var linear = new LinearController(
            name, inputs, Sizes.Modules, Sizes.Picks, key, Sizes.Families, Sizes.HasTables ? Sizes.InputKeys : 0);
        return Sizes.ControllerUnits > 0 ? new MultilayerController(name, linear, Sizes.ControllerUnits, key.Split("hidden")) : linear;
    }
}
