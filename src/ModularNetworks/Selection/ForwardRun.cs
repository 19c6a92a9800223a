using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>What a <see cref="ForwardPass"/> knows of the run that it is in.</summary>
/// <param name="trace">Keeps what the layers select.</param>
internal sealed class ForwardRun(SelectionTrace trace)
{
    /// <summary>Keeps what the layers select.</summary>
    public SelectionTrace Trace { get; } = trace;

    /// <summary>Decides how the layers select their modules; null before the first run.</summary>
    public SelectionRule? Rule { get; private set; }

    /// <summary>Whether this is the run of a gradient step.</summary>
    public bool IsTraining { get; set; }

    /// <summary>Draws what a gradient step draws beside modules.</summary>
    public RandomKey TrainingKey { get; set; }

    /// <summary>How often elements were dropped in this run.</summary>
    public ulong Dropouts { get; set; }

    /// <summary>Begins a run of evaluation.</summary>
    public void Start(SelectionRule rule)
    {
        Rule = rule;
        IsTraining = false;
        Dropouts = 0;
        Trace.Clear();
    }
}
