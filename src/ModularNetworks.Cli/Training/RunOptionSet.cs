using System.CommandLine;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Distributed;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Cli.Training;

/// <summary>The options that all <c>modnet train</c> commands share.</summary>
internal sealed class RunOptionSet
{
    private readonly RunOptions _defaults;
    private readonly OptionChange[] _further;
    private readonly Option<string?> _method;
    private readonly Option<int?> _modules;
    private readonly Option<int?> _parallel;
    private readonly Option<long?> _steps;
    private readonly Option<ulong?> _seed;
    private readonly Option<int?> _threads;
    private readonly Option<string?> _reduce;
    private readonly Option[] _named;
    private readonly Option<string[]> _set;
    private readonly Option<string?> _out;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="defaults">The options that hold where the command line says nothing.</param>
    /// <param name="threads">The default number of threads in words that hold on every machine.</param>
    /// <param name="further">Options of the command's own that decide a run's result, in the order in which they are applied.</param>
    public RunOptionSet(Command command, RunOptions defaults, string threads, params OptionChange[] further)
    {
        _defaults = defaults;
        _further = further;
        _method = New<string?>("--method", "em (generalized Viterbi EM), reinforce, expected (expected scores), topk (noisy top-k gating), assigned (modules by what the input shows), or fixed (the non-modular baseline).", defaults.Method);
        _modules = New<int?>("--modules", "M, the number of modules.", defaults.Modules);
        _parallel = New<int?>("--parallel", "K, the number of modules used at once.", defaults.Picks);
        _steps = New<long?>("--steps", "The number of gradient steps (by EM, M-steps).", defaults.Steps);
        _seed = New<ulong?>("--seed", "Decides every random choice.", defaults.Seed);
        _threads = New<int?>("--threads", "The number of threads; does not change the result.", threads);
        _reduce = New<string?>("--reduce", "How several processes add up gradients, where mpirun starts them: tree (the same bits for any number of them) or fast.", "tree");
        _named = [_method, _modules, _parallel, _steps, _seed, _threads, _reduce];
        _set = new LateDescription(
            "--set", () => $"Sets any option by name, key=value; repeatable. Keys: {string.Join(", ", Details(defaults))}.")
        {
            HelpName = "KEY=VALUE",
            Arity = ArgumentArity.OneOrMore,
        };
        _out = new Option<string?>("--out")
        {
            Description = $"The run folder. (default: runs/{defaults.Experiment})",
            HelpName = "DIR",
        };
        Resume = new Option<bool>("--resume")
        {
            Description = $"Go on with the run in --out, with its options; only {MayBeGivenAnew} may be given anew. (default: off)",
        };
        TensorBoard = new Option<bool>("--tensorboard")
        {
            Description = $"Write event files for TensorBoard to {TensorBoardLog.FolderName}/ in the run folder; does not change the "
                + "result. (default: off)",
        };
        foreach (var option in (Option[])[_method, _modules, _parallel, _steps, _seed, _out, Resume, _threads, _reduce, TensorBoard, _set])
            command.Options.Add(option);
    }

    /// <summary>The run folder.</summary>
    public string Folder(ParseResult result) => result.GetValue(_out) ?? $"runs/{_defaults.Experiment}";

    /// <summary>Whether to go on with the run in the folder.</summary>
    public Option<bool> Resume { get; }

    /// <summary>Whether to write event files.</summary>
    public Option<bool> TensorBoard { get; }

    /// <summary>The options of a new run.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="start">The options that hold where the command line says nothing.</param>
    /// <exception cref="RunException">An option does not exist, is out of range, or is of another method.</exception>
    public RunOptions Read(ParseResult result, RunOptions start)
    {
        var options = start.WithMethod(result.GetValue(_method) ?? start.Method) with
        {
            Modules = result.GetValue(_modules) ?? DefaultModules(result, start),
            Picks = result.GetValue(_parallel) ?? DefaultPicks(result, start),
            Steps = result.GetValue(_steps) ?? start.Steps,
            Seed = result.GetValue(_seed) ?? start.Seed,
            Threads = result.GetValue(_threads) ?? start.Threads,
        };
        string[] settings = Settings(result);
        var read = OptionsJson.With(WithReduce(options, result), settings);
        MethodSettings.RequireEffect(read, settings);
        return read;
    }

    /// <summary>The number of threads: processes of one machine share its cores.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="start">The options that hold where the command line says nothing.</param>
    /// <param name="launcher">What started the processes; null if this one is alone.</param>
    public int ThreadsOf(ParseResult result, RunOptions start, MpiLauncher? launcher) =>
        result.GetValue(_threads) ?? Math.Max(1, start.Threads / (launcher?.LocalSize ?? 1));

    private RunOptions WithReduce(RunOptions options, ParseResult result) =>
        result.GetValue(_reduce) is { } reduce ? OptionsJson.With(options, [$"reduce={reduce}"]) : options;

    /// <summary>The settings of --set.</summary>
    /// <exception cref="UserErrorException">It sets what has an option of the command's own, which may decide more.</exception>
    private string[] Settings(ParseResult result)
    {
        string[] settings = result.GetValue(_set) ?? [];
        foreach (string setting in settings)
        {
            string[] parts = setting.Split('=', 2);
            if (parts.Length < 2)
                continue;
            string name = $"--{parts[0].Trim()}";
            if (_further.Select(change => change.Option).FirstOrDefault(option => option.Name == name) is { } own)
                throw new UserErrorException($"--set {setting}: there is an option for it. Give {own.Name} {parts[1].Trim()}.");
            if (_named.FirstOrDefault(option => option.Name == name) is { } named && IsGiven(result, named))
                throw new UserErrorException($"--set {setting}: {name} is given as well. Leave one of them out.");
        }
        return settings;
    }

    private static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>The options of a run that goes on.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="earlier">The options the run was started with.</param>
    /// <exception cref="UserErrorException">Options are given that would make it another run; what the run has already may be given again.</exception>
    public RunOptions ReadForResume(ParseResult result, RunOptions earlier)
    {
        if (earlier.GetType() != _defaults.GetType())
        {
            throw new UserErrorException(
                $"--resume: the run in {Folder(result)} is a {earlier.Experiment} run, not a {_defaults.Experiment} run. "
                + $"Go on with 'modnet train {earlier.Experiment}', or choose another --out.");
        }
        if (FirstToChange(result, earlier) is { } option)
            throw new UserErrorException($"--resume goes on with the run's own options; {option.Name} would make it another run. Leave it out.");
        return earlier with
        {
            Steps = result.GetValue(_steps) ?? earlier.Steps,
            Threads = result.GetValue(_threads) ?? earlier.Threads,
        };
    }

    /// <summary>The option that makes another run of one, if those after it do not make it the same again.</summary>
    private Option? FirstToChange(ParseResult result, RunOptions earlier)
    {
        Option? first = null;
        var options = earlier;
        foreach (var (option, apply) in _further.Concat(Changes(result)).Where(change => IsGiven(result, change.Option)))
        {
            options = apply(options, result);
            // These may be given anew, and a preset has its own.
            bool isSame = !OptionsJson.Differences(earlier, options with { Steps = earlier.Steps, Threads = earlier.Threads }).Any();
            first = isSame ? null : first ?? option;
        }
        return first;
    }

    private IEnumerable<OptionChange> Changes(ParseResult result) =>
    [
        new(_method, (options, _) => result.GetValue(_method) is { } method && method != options.Method ? options.WithMethod(method) : options),
        new(_modules, (options, _) => options with { Modules = result.GetValue(_modules)!.Value }),
        new(_parallel, (options, _) => options with { Picks = result.GetValue(_parallel)!.Value }),
        new(_seed, (options, _) => options with { Seed = result.GetValue(_seed)!.Value }),
        new(_reduce, WithReduce),
        new(_set, (options, _) => OptionsJson.With(options, Settings(result))),
    ];

    /// <summary>The baseline has no modules to choose from: M = K.</summary>
    private int DefaultModules(ParseResult result, RunOptions start) => result.GetValue(_method) == TrainingMethods.Fixed
        ? result.GetValue(_parallel) ?? start.Picks
        : start.Modules;

    /// <summary>A noisy gate makes one mixture; another option gives the number of its modules.</summary>
    private int DefaultPicks(ParseResult result, RunOptions start) =>
        result.GetValue(_method) == TrainingMethods.TopK ? 1 : start.Picks;

    private string MayBeGivenAnew =>
        _defaults is DataRunOptions ? "--steps, --threads and --data" : "--steps and --threads";

    private static Option<TValue> New<TValue>(string name, string description, object defaultValue) =>
        new(name) { Description = $"{description} (default: {defaultValue})" };

    private IEnumerable<string> Details(RunOptions defaults)
    {
        string[] named = ["data", .. _named.Concat(_further.Select(change => change.Option)).Select(option => option.Name[2..])];
        return OptionsJson.Names(defaults).Except(named).Select(key => $"{key} ({OptionsJson.Value(defaults, key)})");
    }
}
