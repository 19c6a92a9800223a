namespace ModularNetworks.Engine;

/// <summary>One row of a product with a patch matrix: the factors of the matrix's rows, and where the sums go.</summary>
internal unsafe struct PatchRow
{
    /// <summary>A factor for each row of the matrix.</summary>
    public float* Factors;

    /// <summary>A sum for each position.</summary>
    public float* Sums;

    /// <summary>The number that every sum starts with.</summary>
    public float Start;
}
