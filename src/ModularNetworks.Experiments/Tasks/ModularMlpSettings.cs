using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Options of a <see cref="ModularMlp"/>.</summary>
public sealed record ModularMlpSettings : OptionGroup
{
    /// <summary>The number of units of a module in the hidden layer.</summary>
    public int Hidden { get; init; } = 16;

    /// <summary>Whether both layers have one selection: the output layer uses the modules of the same numbers as the hidden layer.</summary>
    public bool Shared { get; init; }

    /// <summary>The kind of the controllers.</summary>
    public ControllerKind Controller { get; init; }

    /// <summary>The number of units in the hidden layer of a multilayer controller.</summary>
    public int ControllerUnits { get; init; } = 16;

    /// <summary>The number of clusters of the inputs; 0 for as many as modules.</summary>
    public int Clusters { get; init; }

    /// <summary>
    /// Whether the number of the task is told with every datapoint, also where the input does not show it: what modules could do with the true
    /// rule.
    /// </summary>
    public bool TaskIsTold { get; init; }

    /// <summary>The number of units that a row has at once in a hidden layer.</summary>
    internal double LargestRow(int picks) => Math.Max((double)picks * Hidden, Controller == ControllerKind.Multilayer ? ControllerUnits : 0);

    /// <summary>The sizes of the network for some data, without families.</summary>
    /// <param name="options">The numbers of modules.</param>
    /// <param name="data">The data.</param>
    internal ModularMlpSizes Sizes(RunOptions options, TaskSplits data) =>
        Sizes(options, data.Train.Inputs.Features, data.Train.Classes.Count);

    /// <summary>The sizes of the network for vectors of a size and a number of classes, without families.</summary>
    /// <param name="options">The numbers of modules.</param>
    /// <param name="inputs">The size of a vector.</param>
    /// <param name="classes">The number of classes; 0 if targets are numbers.</param>
    internal ModularMlpSizes Sizes(RunOptions options, int inputs, int classes) => new()
    {
        Inputs = inputs,
        Outputs = Math.Max(1, classes),
        Modules = options.Modules,
        Picks = options.Picks,
        ControllerUnits = Controller == ControllerKind.Multilayer ? ControllerUnits : 0,
        Hidden = Hidden,
        Shared = Shared,
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(Hidden is >= 1 and <= 10_000, "hidden", Hidden, "from 1 to 10000");
        Require(ControllerUnits is >= 1 and <= 10_000, "controllerUnits", ControllerUnits, "from 1 to 10000");
        Require(Clusters is >= 0 and <= 10_000, "clusters", Clusters, "from 0 to 10000");
    }
}
