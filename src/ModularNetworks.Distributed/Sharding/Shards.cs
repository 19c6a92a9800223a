namespace ModularNetworks.Distributed;

/// <summary>How modules are shared out among ranks: each has some that follow each other, as equally many as can be.</summary>
/// <param name="Modules">M, at least the number of ranks.</param>
/// <param name="Ranks">R.</param>
internal readonly record struct Shards(int Modules, int Ranks)
{
    /// <summary>The first module of a rank; of rank R, the end of the last.</summary>
    public int First(int rank) => (int)((long)Modules * rank / Ranks);

    /// <summary>The number of modules of a rank.</summary>
    public int Count(int rank) => First(rank + 1) - First(rank);

    /// <summary>The rank that has a module.</summary>
    public int OwnerOf(int module) => (int)(((((long)module + 1) * Ranks) - 1) / Modules);
}
