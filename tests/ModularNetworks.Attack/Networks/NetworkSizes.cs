namespace ModularNetworks.Attack;

/// <summary>The sizes of a network that is attacked.</summary>
/// <param name="Count">The number of datapoints.</param>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Hidden">The number of units.</param>
/// <param name="Modules">M.</param>
/// <param name="Picks">K.</param>
/// <param name="Steps">The number of time steps.</param>
internal readonly record struct NetworkSizes(int Count, int Inputs, int Hidden, int Modules, int Picks, int Steps)
{
    /// <summary>The number of classes and of input keys.</summary>
    public const int Classes = 3;
}
