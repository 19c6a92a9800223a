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

    /// <summary>The instruction set that the kernels use.</summary>
    public abstract string InstructionSet { get; }

    /// <summary>The parts of the held-out data, by name.</summary>
    public abstract IReadOnlyList<string> Splits { get; }

    /// <summary>Measures the network while it trains, as the part of a metrics line.</summary>
    public abstract JsonObject Evaluate();

    /// <summary>Measures the network on one part of the held-out data.</summary>
    /// <param name="split">One of <see cref="Splits"/>.</param>
    public abstract JsonObject Evaluate(string split);

    /// <summary>Measures the trained network, as the part of the summary that differs between experiments.</summary>
    public abstract JsonObject Summarize();

    /// <summary>What was done before training, in lines of text; none if there is nothing to say.</summary>
    public virtual IEnumerable<string> Preparations() => [];

    /// <summary>What the modules learned, in lines of text; none if there is nothing to say.</summary>
    public abstract IEnumerable<string> Describe();
}
