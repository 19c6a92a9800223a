namespace ModularNetworks.Reporting;

/// <summary>The state of a run.</summary>
public enum RunState
{
    /// <summary>The run has its results.</summary>
    Finished,

    /// <summary>A process trains the run.</summary>
    Training,

    /// <summary>No process trains the run, and it has no results yet.</summary>
    Stopped,
}

/// <summary>The names of states in messages to pages.</summary>
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
