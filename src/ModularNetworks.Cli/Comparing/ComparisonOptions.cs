using System.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Comparing;

/// <summary>The options of <c>modnet compare</c>: the data, how they are read, the network, and the budget.</summary>
internal sealed class ComparisonOptions
{
    private const double UsualMinutes = 10;
    private const string DefaultFolder = "runs/compare";

    private readonly Option<string?> _data = new("--data") { Description = "The table, the text or the images: a file or a folder.", HelpName = "PATH" };
    private readonly Option<string?> _kind = new("--kind");
    private readonly Option<double?> _budget = new("--budget")
    {
        Description = $"The minutes that the comparison may take. (default: {UsualMinutes})",
        HelpName = "MINUTES",
    };

    private readonly Option<int?> _modules = new("--modules") { Description = "M, the number of modules. (default: that of 'modnet train')" };
    private readonly Option<int?> _parallel = new("--parallel") { Description = "K, the number of modules used at once. (default: that of 'modnet train')" };
    private readonly Option<long?> _steps = new("--steps")
    {
        Description = "The number of gradient steps of a run that is long enough; fewer are taken if the budget does not pay for them. (default: that of 'modnet train')",
    };

    private readonly Option<string?> _out = new("--out") { Description = $"The folder of the run folders and the results. (default: {DefaultFolder})", HelpName = "DIR" };
    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "The number of runs at the same time, each on one thread. (default: the number of cores)",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Sets any option of 'modnet train' for the data by name, key=value, for all methods; repeatable.",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly IReadOnlyList<ExperimentKind> _kinds;
    private readonly ChoiceOption[] _choices;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="experiments">The kinds of experiments.</param>
    public ComparisonOptions(Command command, ExperimentCatalogue experiments)
    {
        _kinds = [.. ComparedKind.All.Select(kind => experiments.Kinds.First(one => one.Name == kind.Name))];
        _choices = [.. _kinds.SelectMany(kind => kind.Choices).DistinctBy(choice => choice.Name).Select(choice => new ChoiceOption(choice))];
        _kind.Description = $"The kind of data: {string.Join(", ", ComparedKind.All.Select(kind => kind.Name))}. (default: by the names of files)";
        foreach (var option in (Option[])[_data, _kind, .. _choices.Select(choice => choice.Option), _budget, _modules, _parallel, _steps, _out, _threads, _set])
            command.Options.Add(option);
    }

    /// <summary>The folder of the results.</summary>
    /// <exception cref="UserErrorException">It is empty.</exception>
    public string Folder(ParseResult result)
    {
        string path = result.GetValue(_out) ?? DefaultFolder;
        return string.IsNullOrWhiteSpace(path)
            ? throw new UserErrorException($"compare: --out is empty; give a folder, such as {DefaultFolder}.")
            : path;
    }

    /// <summary>The question.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="tell">Is told what kind the data are.</param>
    /// <exception cref="UserErrorException">An option is missing, or cannot be.</exception>
    /// <exception cref="RunException">An option does not exist, or is out of range.</exception>
    public ComparisonQuestion Question(ParseResult result, Action<string> tell)
    {
        string data = Data(result);
        var (kind, reason) = Kind(result, data);
        tell($"data: {kind.Noun} ({reason}); --kind reads it otherwise");
        var experiment = _kinds.First(one => one.Name == kind.Name);
        var start = (DataRunOptions)experiment.Presets.Get(experiment.Presets.Default) with { Data = data, Threads = 1 };
        var chosen = OfKind(experiment).Aggregate((RunOptions)start, (changed, choice) => choice.Apply(changed, result));
        chosen = chosen with
        {
            Modules = result.GetValue(_modules) ?? chosen.Modules,
            Picks = result.GetValue(_parallel) ?? chosen.Picks,
            Steps = result.GetValue(_steps) ?? chosen.Steps,
        };
        var question = new ComparisonQuestion(OptionsJson.With(chosen, Settings(result, experiment)), result.GetValue(_budget) ?? UsualMinutes);
        return result.GetValue(_threads) is { } threads ? question with { Jobs = threads } : question;
    }

    private string Data(ParseResult result)
    {
        string data = result.GetValue(_data) is { Length: > 0 } given
            ? given
            : throw new UserErrorException("compare: --data is missing. Give a table, a text or a folder of images.");
        return File.Exists(data) || Directory.Exists(data)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(data))
            : throw new UserErrorException($"--data {data}: no such file or folder. Check the path.");
    }

    /// <summary>The kind as --kind says, else the one that has an option that is given, else by the names of files.</summary>
    private (ComparedKind Kind, string Reason) Kind(ParseResult result, string data)
    {
        var given = _choices.Where(choice => result.GetValue(choice.Option) is not null).Select(choice => choice.Option.Name).ToList();
        if (result.GetValue(_kind) is { } named)
        {
            var kind = ComparedKind.All.FirstOrDefault(one => one.Name == named)
                ?? throw new UserErrorException($"--kind {named}: there is no such kind. Choose {string.Join(" or ", ComparedKind.All.Select(one => one.Name))}.");
            return (Fitting(kind, given), "as --kind says");
        }
        var only = given.Select(option => (Option: option, Kinds: ComparedKind.All.Where(kind => Has(kind, option)).ToList())).FirstOrDefault(one => one.Kinds.Count == 1);
        var (found, reason) = only.Kinds is [var single] ? (single, $"{only.Option} is given") : ComparedKind.Find(data);
        return (Fitting(found, given), reason);
    }

    private ComparedKind Fitting(ComparedKind kind, List<string> given) => given.Find(option => !Has(kind, option)) is { } other
        ? throw new UserErrorException($"{other}: the data are {kind.Noun}, which has no such option. Leave it out, or give another --kind.")
        : kind;

    private bool Has(ComparedKind kind, string option) => OfKind(_kinds.First(one => one.Name == kind.Name)).Any(choice => choice.Option.Name == option);

    private IEnumerable<ChoiceOption> OfKind(ExperimentKind kind) =>
        _choices.Where(choice => kind.Choices.Any(one => $"--{one.Name}" == choice.Option.Name));

    /// <summary>The settings of --set.</summary>
    /// <exception cref="UserErrorException">One has an option of its own, or is the comparison's to decide.</exception>
    private string[] Settings(ParseResult result, ExperimentKind kind)
    {
        string[] settings = result.GetValue(_set) ?? [];
        foreach (string setting in settings)
        {
            string name = setting.Split('=')[0].Trim();
            if (name is "seed" or "threads" or "method" or "data")
                throw new UserErrorException($"--set {setting}: compare decides this itself. Leave it out.");
            if (name is "modules" or "parallel" or "steps" || kind.Choices.Any(choice => choice.Name == name))
                throw new UserErrorException($"--set {setting}: there is an option for it. Give --{name}.");
        }
        return settings;
    }
}
