namespace ModularNetworks.Engine;

/// <summary>Layers applied one after the other.</summary>
public sealed class Sequential : Layer
{
    private readonly Layer[] _layers;

    /// <summary>Creates the chain.</summary>
    /// <param name="layers">The layers, the first to be applied first.</param>
    /// <exception cref="ArgumentException">Two parameters have the same name.</exception>
    public Sequential(params ReadOnlySpan<Layer> layers)
    {
        _layers = layers.ToArray();
        Parameters = [.. _layers.SelectMany(layer => layer.Parameters).Distinct()];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in Parameters)
        {
            if (!names.Add(parameter.Name))
            {
                throw new ArgumentException(
                    $"Sequential: two parameters are called {parameter.Name}; names must be unique. Rename a layer.",
                    nameof(layers));
            }
        }
    }

    /// <summary>The layers, the first to be applied first.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The layers' parameters in order; those of a layer that occurs twice are listed once.</summary>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input)
    {
        foreach (var layer in _layers)
            input = layer.Forward(tape, input);
        return input;
    }
}
