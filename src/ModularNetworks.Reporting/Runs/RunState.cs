namespace ModularNetworks.Reporting;

/// <summary>How far a run is.</summary>
public enum RunState
{
    /// <summary>It has its results.</summary>
    Finished,

    /// <summary>A process trains it.</summary>
    Training,

    /// <summary>No process trains it, and it has no results yet.</summary>
    Stopped,
}

/// <summary>Names of states, as pages are told them.</summary>
public static class RunStates
{
    /// <summary>The word for a state.</summary>
    public static string Word(this RunState state) => state switch
    {
        RunState.Finished => "finished",
        RunState.Training => "training",
        _ => "stopped",
    };
}
