using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A problem, a network and a trainer, ready to be run.</summary>
public abstract class Experiment
{
    /// <summary>Trains the network.</summary>
    public abstract ITrainer Trainer { get; }

    /// <summary>What training adjusts.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What log-likelihoods are reported per: the number of words in a window, or 1.</summary>
    public abstract int UnitsPerDatapoint { get; }

    /// <summary>Measures the network on held-out data, as the part of a metrics line.</summary>
    public abstract JsonObject Evaluate();

    /// <summary>Measures the trained network, as the part of the summary that differs between experiments.</summary>
    public abstract JsonObject Summarize();

    /// <summary>What the modules learned, in lines of text; none if there is nothing to say.</summary>
    public abstract IEnumerable<string> Describe();

    /// <summary>What is to be remembered in a checkpoint besides the training itself.</summary>
    public virtual JsonObject State => [];
}
