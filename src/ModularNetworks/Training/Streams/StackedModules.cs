using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The modules of a layer one by one: frozen for good, or begun anew.</summary>
internal sealed class StackedModules
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly float[][] _initial;

    /// <summary>Keeps the weights that the modules begin with.</summary>
    /// <param name="pool">The modules, before training.</param>
    /// <exception cref="ArgumentException">Modules have parameters in common.</exception>
    public StackedModules(ModulePool pool)
    {
        if (pool.Parameters.FirstOrDefault(parameter => parameter.TouchedRows is null) is { } common)
            throw new ArgumentException($"StreamEm: {common.Name} belongs to several modules, which cannot be frozen one by one. Use modules without families.");
        _parameters = pool.Parameters;
        _initial = [.. _parameters.Select(parameter => parameter.Value.Values.ToArray())];
    }

    /// <summary>Makes optimisers leave a module as it is.</summary>
    public void Freeze(int module)
    {
        foreach (var parameter in _parameters)
            parameter.Freeze(module);
    }

    /// <summary>Gives a module the weights that it began with.</summary>
    public void BeginAnew(int module)
    {
        for (int i = 0; i < _parameters.Count; i++)
        {
            int size = _parameters[i].Shape.Count / _parameters[i].Shape[0];
            _initial[i].AsSpan(module * size, size).CopyTo(_parameters[i].Value.Values[(module * size)..]);
        }
    }
}
