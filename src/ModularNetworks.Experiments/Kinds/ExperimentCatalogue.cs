using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The experiments that a program knows.</summary>
/// <param name="kinds">The kinds; their names differ.</param>
public sealed class ExperimentCatalogue(params IEnumerable<ExperimentKind> kinds)
{
    private readonly Dictionary<string, ExperimentKind> _kinds = kinds.ToDictionary(kind => kind.Name);

    /// <summary>The kinds, in the order in which they were given.</summary>
    public IReadOnlyCollection<ExperimentKind> Kinds => _kinds.Values;

    /// <summary>Reads the data, creates the network and its trainer.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    /// <exception cref="DataException">Data are missing or damaged.</exception>
    /// <exception cref="ArgumentException">The options are of no kind in the catalogue.</exception>
    public Experiment Create(RunOptions options, Kernels kernels)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _kinds.TryGetValue(options.Experiment, out var kind) && kind.Options == options.GetType()
            ? kind.Create(options, kernels)
            : throw new ArgumentException($"ExperimentCatalogue: there is no kind of experiment for {options.GetType().Name}. Add it to the catalogue.");
    }

    /// <summary>The same experiments, whose reading of data is watched.</summary>
    /// <param name="progress">Is told how the reading goes on, and ends it.</param>
    public ExperimentCatalogue WatchedBy(DataProgress progress) => new(Kinds.Select(kind => kind with { Progress = progress }));

    /// <summary>Reads options as <see cref="OptionsJson.Write"/> wrote them.</summary>
    /// <param name="text">The content of <c>config.json</c>.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="RunException">The text is not the options of an experiment in the catalogue.</exception>
    public RunOptions ReadOptions(string text, string path) => OptionsJson.Read(text, path, _kinds.ToDictionary(kind => kind.Key, kind => kind.Value.Defaults));
}
