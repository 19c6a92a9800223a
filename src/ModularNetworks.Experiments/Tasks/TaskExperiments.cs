using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The experiments on vectors whose targets come from several rules.</summary>
public static class TaskExperiments
{
    /// <summary>Images that obey several rules.</summary>
    public static ExperimentKind Digits { get; } = ExperimentKind.Of<DigitsOptions>(
        "Trains a modular perceptron on small images that obey several rules at once.",
        (options, kernels) =>
        {
            var data = options.Load();
            return new TaskExperiment(options, options.Sizes(data), options.Network, data, kernels);
        }) with
    {
        DataSet = Optdigits.DataSet.Name,
    };

    /// <summary>Numbers that obey several rules, drawn from the seed.</summary>
    public static ExperimentKind Rules { get; } = ExperimentKind.Of<RulesOptions>(
        "Trains a modular perceptron on generated numbers that obey several rules.",
        (options, kernels) =>
        {
            var data = options.Generate();
            return new TaskExperiment(options, options.Sizes(data), options.Network, data, kernels);
        });

    /// <summary>All experiments.</summary>
    public static IReadOnlyList<ExperimentKind> Kinds { get; } = [Digits, Rules];
}
