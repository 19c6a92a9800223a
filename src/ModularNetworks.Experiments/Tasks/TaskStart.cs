using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The tasks or clusters that inputs show, and the modules assigned to these: in the beginning, or for good.</summary>
internal sealed class TaskStart
{
    private readonly RunOptions _options;
    private readonly PerceptronStart? _start;

    /// <summary>Looks at the data.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="sizes">The network's sizes.</param>
    /// <param name="settings">The network's options.</param>
    /// <param name="data">The data.</param>
    /// <param name="key">Decides clusters.</param>
    /// <param name="kept">The clusters that were fitted before; null if there are none.</param>
    /// <exception cref="RunException">The options ask for what the inputs do not show.</exception>
    public TaskStart(RunOptions options, ModularMlpSizes sizes, ModularMlpSettings settings, TaskSplits data, RandomKey key, Clusters? kept)
        : this(options, sizes, settings, KeysOf(options, settings, data, key, kept), key)
    {
    }

    /// <summary>Begins with tasks or clusters that are known.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="sizes">The network's sizes.</param>
    /// <param name="settings">The network's options.</param>
    /// <param name="keys">The tasks or clusters.</param>
    /// <param name="key">Decided the clusters.</param>
    /// <exception cref="RunException">The options ask for what the inputs do not show.</exception>
    public TaskStart(RunOptions options, ModularMlpSizes sizes, ModularMlpSettings settings, InputKeys keys, RandomKey key)
    {
        (_options, InputKeys) = (options, keys);
        bool isByKeys = options.Em.Start is CompositionStarts.Input or CompositionStarts.Clusters;
        if (InputKeys.Count == 0 && (isByKeys || settings.Controller == ControllerKind.Table || options.Em.Key == CompositionKeys.Task))
        {
            throw new RunException(
                "The inputs of this problem show no task, so that neither start=input, controller=table nor key=task is possible. Use --set start=clusters.");
        }
        Sizes = sizes with { InputKeys = InputKeys.Count, HasTables = settings.Controller == ControllerKind.Table };
        if (isByKeys)
        {
            _start = keys.InputClusters is { } clusters
                ? new PerceptronStart(Sizes, clusters, key.Split("modules"))
                : new PerceptronStart(Sizes, keys.Count);
        }
        Rule = options.CreateRule(_start is null ? [] : [_start.Assignment]);
    }

    /// <summary>The tasks or clusters that inputs show.</summary>
    public InputKeys InputKeys { get; }

    /// <summary>The network's sizes.</summary>
    public ModularMlpSizes Sizes { get; }

    /// <summary>How the trained network selects its modules.</summary>
    public SelectionRule Rule { get; }

    /// <summary>The multiply-adds of finding what the input of a prediction shows, if the network asks for it.</summary>
    public long MultiplyAdds => Rule is AssignedSelection || Sizes.HasTables ? InputKeys.MultiplyAdds : 0;

    /// <summary>Selects the modules that compositions begin with; null for uniform draws.</summary>
    public SelectionRule? Compositions => _options.Em.Start switch
    {
        CompositionStarts.Mode => new ModeSelection(),
        _ => _start is null ? null : new AssignedSelection(_start.Assignment),
    };

    /// <summary>Makes controllers begin as compositions do.</summary>
    public void Apply(ModularMlp network)
    {
        if (_options.Em.StartProbability > 0)
            _start?.Apply(network, _options.Em.StartProbability);
    }

    private static InputKeys KeysOf(RunOptions options, ModularMlpSettings settings, TaskSplits data, RandomKey key, Clusters? kept) => InputKeys.Of(
        options.Em.Start, settings.Clusters > 0 ? settings.Clusters : options.Modules, data with { ShowsTasks = data.ShowsTasks || settings.TaskIsTold }, key, kept);
}
