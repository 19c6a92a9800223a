namespace ModularNetworks.Engine;

/// <summary>A part of a network that training adjusts.</summary>
public interface IHasParameters
{
    /// <summary>The parameters that training adjusts, in a fixed order.</summary>
    IReadOnlyList<Parameter> Parameters { get; }
}
