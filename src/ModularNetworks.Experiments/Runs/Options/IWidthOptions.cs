namespace ModularNetworks.Experiments;

/// <summary>
/// Options of a network whose width can be chosen, so that one without modules can be given as many operations as one with modules.
/// </summary>
public interface IWidthOptions
{
    /// <summary>The width: the number of units of a module.</summary>
    int Width { get; }

    /// <summary>The same options with another width.</summary>
    /// <param name="width">The width.</param>
    RunOptions WithWidth(int width);
}
