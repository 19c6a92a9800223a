using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// A kind of experiment: its options, and how an experiment is made of them. All that commands and run folders need to know of
/// an experiment stands here.
/// </summary>
/// <example>
/// <code>
/// var kind = ExperimentKind.Of&lt;MyOptions&gt;("Trains my network.", (options, kernels) => new MyExperiment(options, kernels));
/// var kinds = new ExperimentCatalogue([.. BuiltInExperiments.Catalogue.Kinds, kind]);
/// </code>
/// </example>
public sealed record ExperimentKind
{
    private ExperimentKind(string name, string description, Func<RunOptions> defaults, Func<RunOptions, Kernels, DataProgress, Experiment> make) =>
        (Name, DataSet, Description, Defaults, Make, Presets) = (name, name, description, defaults, make, OptionPresets.Only(defaults));

    /// <summary>The experiment's name, as in <c>modnet train NAME</c> and <c>config.json</c>.</summary>
    public string Name { get; }

    /// <summary>One sentence for the command's help.</summary>
    public string Description { get; }

    /// <summary>The type of the options.</summary>
    public Type Options => Defaults().GetType();

    /// <summary>Makes the options with their defaults.</summary>
    internal Func<RunOptions> Defaults { get; }

    private Func<RunOptions, Kernels, DataProgress, Experiment> Make { get; init; }

    private Func<Func<RunOptions, Kernels, DataProgress, Experiment>>? MakeReadingOnce { get; init; }

    /// <summary>Is told how the reading of data goes on, and ends it; nobody if nothing is said.</summary>
    public DataProgress Progress { get; init; } = DataProgress.None;

    private CancellationToken Stop { get; init; }

    /// <summary>The name of the data set that is looked for where the user names no data; the experiment's own name if nothing is said.</summary>
    public string DataSet { get; init; }

    /// <summary>The named options to start from; the options' own defaults alone if nothing else is said.</summary>
    public OptionPresets Presets { get; init; }

    /// <summary>Options that change several options at once, and have a flag of their own; none if nothing is said.</summary>
    public IReadOnlyList<OptionChoice> Choices { get; init; } = [];

    /// <summary>A kind of experiment whose name is that of its options.</summary>
    /// <typeparam name="TOptions">The options; their constructor sets the defaults.</typeparam>
    /// <param name="description">One sentence for the command's help.</param>
    /// <param name="create">Reads the data, creates the network and its trainer.</param>
    public static ExperimentKind Of<TOptions>(string description, Func<TOptions, Kernels, Experiment> create)
        where TOptions : RunOptions, new() => Making<TOptions>(description, (options, kernels, _) => create((TOptions)options, kernels));

    /// <summary>Reads the data, creates the network and its trainer.</summary>
    /// <param name="options">The run's options, of the kind's type.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    /// <exception cref="DataException">Data are missing or damaged.</exception>
    /// <exception cref="OperationCanceledException"><see cref="Progress"/> ended the reading.</exception>
    public Experiment Create(RunOptions options, Kernels kernels)
    {
        Stop.ThrowIfCancellationRequested();
        return Make(options, kernels, Progress);
    }

    /// <summary>As <see cref="Of{TOptions}"/>, for data that are read from files.</summary>
    /// <typeparam name="TOptions">The options; their constructor sets the defaults.</typeparam>
    /// <typeparam name="TData">The data, which no experiment changes.</typeparam>
    /// <param name="description">One sentence for the command's help.</param>
    /// <param name="read">Reads the data.</param>
    /// <param name="create">Creates the network and its trainer.</param>
    /// <param name="isReadBySeed">Whether runs of other seeds read other data, as where the seed draws the parts.</param>
    public static ExperimentKind Of<TOptions, TData>(
        string description, Func<TOptions, TData> read, Func<TOptions, TData, Kernels, Experiment> create, bool isReadBySeed = false)
        where TOptions : RunOptions, new()
        where TData : class => Of(description, (options, _) => read(options), create, isReadBySeed);

    /// <summary>As the other, for data whose reading may take long, tells how it goes on and can be ended.</summary>
    /// <inheritdoc cref="Of{TOptions, TData}(string, Func{TOptions, TData}, Func{TOptions, TData, Kernels, Experiment}, bool)"/>
    public static ExperimentKind Of<TOptions, TData>(
        string description, Func<TOptions, DataProgress, TData> read, Func<TOptions, TData, Kernels, Experiment> create, bool isReadBySeed = false)
        where TOptions : RunOptions, new()
        where TData : class => Making<TOptions>(
            description, (options, kernels, progress) => create((TOptions)options, read((TOptions)options, progress), kernels)) with
        {
            MakeReadingOnce = () =>
            {
                var known = new ReadData<TData>();
                return (options, kernels, progress) => create(
                    (TOptions)options, known.Of(isReadBySeed ? options.Seed : 0, () => read((TOptions)options, progress)), kernels);
            },
        };

    /// <summary>The same kind for runs that differ in nothing that tells how data are read, but for the seed: the first of them reads the data for all.</summary>
    public ExperimentKind ReadingOnce() => MakeReadingOnce is { } make ? this with { Make = make() } : this;

    /// <summary>The same kind, which reads no data and makes no network once a stop is asked for.</summary>
    internal ExperimentKind Until(CancellationToken stop) => this with { Progress = Progress.Until(stop), Stop = stop };

    private static ExperimentKind Making<TOptions>(string description, Func<RunOptions, Kernels, DataProgress, Experiment> make)
        where TOptions : RunOptions, new() =>
        new(new TOptions().Experiment, description, () => new TOptions(), make);
}
