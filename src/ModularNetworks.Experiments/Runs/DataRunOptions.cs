namespace ModularNetworks.Experiments;

/// <summary>Options of a run on data that are read from files.</summary>
public abstract record DataRunOptions : RunOptions
{
    /// <summary>The folder or archive with the data.</summary>
    public string Data { get; init; } = "";
}
