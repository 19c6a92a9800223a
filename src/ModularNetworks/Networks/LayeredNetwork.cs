using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A network that knows its parameters and its layout from the layers that it is made of. Derive from this class, add the layers in the constructor, in
/// the order in which they run, and write <see cref="ModularNetwork{TBatch}.LogLikelihood"/>. Each layer is named, and has a random key of its own by
/// that name.
/// </summary>
/// <example>
/// <code>
/// internal sealed class TwoSides : LayeredNetwork&lt;Points&gt;
/// {
///     public TwoSides(RandomKey key)
///         : base(key) => Sides = AddModular(
///             "sides",
///             (name, key) => new LinearModules(name, modules: 2, inputs: 1, outputs: 1, Activation.None, key),
///             (name, key) => new LinearController(name, inputs: 1, modules: 2, picks: 1, key));
/// }
/// </code>
/// </example>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public abstract class LayeredNetwork<TBatch> : ModularNetwork<TBatch>
{
    private readonly RandomKey _key;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<Parameter> _parameters = [];
    private readonly List<Parameter> _controllerParameters = [];
    private readonly List<LayerLayout> _layouts = [];
    private CompositionLayout? _layout;

    /// <summary>Begins a network without layers.</summary>
    /// <param name="key">Decides the initial weights of all layers.</param>
    protected LayeredNetwork(RandomKey key) => _key = key;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No modular layer was added.</exception>
    public sealed override CompositionLayout Layout => _layout ??= new CompositionLayout([.. _layouts]);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Parameter> Parameters => _parameters;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Parameter> ControllerParameters => _controllerParameters;

    /// <summary>Adds a part that selects nothing: a layer, word vectors, a softmax.</summary>
    /// <param name="name">The layer's name, given to <paramref name="create"/>.</param>
    /// <param name="create">Makes the layer from its name and its random key.</param>
    /// <exception cref="ArgumentException">Another layer has the name.</exception>
    protected TLayer Add<TLayer>(string name, Func<string, RandomKey, TLayer> create)
        where TLayer : IHasParameters
    {
        var layer = Create(name, create);
        AddParameters(layer.Parameters);
        return layer;
    }

    /// <summary>Adds a modular layer.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="modules">Makes the modules from their name, <c>NAME.modules</c>, and their random key. Layers may share modules.</param>
    /// <param name="chooser">Makes the controller, or another chooser, from its name, <c>NAME.controller</c>, and its random key.</param>
    /// <param name="combination">How the selected modules' outputs become one.</param>
    /// <exception cref="ArgumentException">Another layer has the name, or modules and chooser do not fit.</exception>
    protected ModularLayer AddModular(
        string name, Func<string, RandomKey, ModulePool> modules, Func<string, RandomKey, Chooser> chooser, Combination combination = Combination.Sum)
    {
        return AddModular(new ModularLayer(name, Create($"{name}.modules", modules), Create($"{name}.controller", chooser), combination));
    }

    /// <summary>Adds a modular layer that was made elsewhere.</summary>
    /// <param name="layer">The layer.</param>
    protected ModularLayer AddModular(ModularLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        AddSelecting(layer.Layout, layer.Parameters, layer.Chooser);
        return layer;
    }

    /// <summary>Adds a modular recurrent unit.</summary>
    /// <param name="name">The unit's name, given to <paramref name="create"/>.</param>
    /// <param name="steps">The number of time steps of a datapoint.</param>
    /// <param name="create">Makes the unit from its name and its random key.</param>
    /// <exception cref="ArgumentException">Another layer has the name.</exception>
    protected ModularGru AddRecurrent(string name, int steps, Func<string, RandomKey, ModularGru> create)
    {
        var unit = Create(name, create);
        AddSelecting(unit.Layout(steps), unit.Parameters, unit.Chooser);
        return unit;
    }

    /// <summary>Adds parameters of something else, such as a variance that is learned.</summary>
    /// <param name="parameters">The parameters; those that the network has already are left out.</param>
    protected void AddParameters(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters.AddRange(parameters.Except(_parameters));
    }

    private void AddSelecting(LayerLayout layout, IReadOnlyList<Parameter> parameters, Chooser chooser)
    {
        _layout = null;
        _layouts.Add(layout);
        AddParameters(parameters);
        _controllerParameters.AddRange(chooser.Parameters.Except(_controllerParameters));
    }

    private T Create<T>(string name, Func<string, RandomKey, T> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        if (!_names.Add(name))
            throw new ArgumentException($"{GetType().Name}: two layers are called {name}; each needs a name of its own, by which its parameters and its random key are known.", nameof(name));
        return create(name, _key.Split(name));
    }
}
