using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Copies of the parameters as they were when a measurement was the best so far.</summary>
/// <param name="parameters">The parameters.</param>
internal sealed class BestParameters(IReadOnlyList<Parameter> parameters)
{
    private readonly float[][] _values = [.. parameters.Select(parameter => new float[parameter.Shape.Count])];

    /// <summary>Copies the parameters as they are.</summary>
    public void Keep()
    {
        for (int i = 0; i < parameters.Count; i++)
            parameters[i].Value.Values.CopyTo(_values[i]);
    }

    /// <summary>Puts the copies back.</summary>
    public void Restore()
    {
        for (int i = 0; i < parameters.Count; i++)
            _values[i].CopyTo(parameters[i].Value.Values);
    }
}
