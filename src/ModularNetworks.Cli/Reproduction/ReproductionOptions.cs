using System.CommandLine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>The options that all commands which reproduce a table or a figure share.</summary>
internal sealed class ReproductionOptions
{
    private const int MostSeeds = 1000;

    private readonly string _name;
    private readonly int _usualSeeds;
    private readonly Option<int?> _seeds = new("--seeds");
    private readonly Option<long?> _steps = new("--steps");
    private readonly Option<string?> _out = new("--out") { HelpName = "DIR" };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "The number of threads of each run; does not change the result. (default: the number of cores, shared among the jobs)",
    };

    private readonly Option<int?> _jobs = new("--jobs")
    {
        Description = "The number of runs at the same time; does not change the result. Several runs of one thread use the cores "
            + "a little better than one run of several threads. (default: 1)",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="series">The name of a series, such as <c>row</c>.</param>
    /// <param name="steps">The default number of steps; null if they cannot be chosen.</param>
    /// <param name="seeds">The default number of seeds.</param>
    public ReproductionOptions(Command command, string series, long? steps, int seeds = 1)
    {
        (_name, _usualSeeds) = (command.Name, seeds);
        _seeds.Description = $"The number of runs of each {series}; their seeds are 1, 2, and so on. (default: {seeds})";
        _steps.Description = $"The number of gradient steps (by EM, M-steps) of each run. (default: {steps})";
        _out.Description = $"The folder of the run folders and the results. (default: {DefaultFolder})";
        foreach (var option in (Option[])[_seeds, .. steps is null ? Array.Empty<Option>() : [_steps], _out, _threads, _jobs])
            command.Options.Add(option);
    }

    private string DefaultFolder => $"runs/{_name}";

    /// <summary>The number of seeds.</summary>
    /// <exception cref="UserErrorException">It is out of range.</exception>
    public int Seeds(ParseResult result) => SeedsIfGiven(result) ?? _usualSeeds;

    /// <summary>The number of seeds; null if it is not given.</summary>
    /// <exception cref="UserErrorException">It is out of range.</exception>
    public int? SeedsIfGiven(ParseResult result) => result.GetValue(_seeds) is { } seeds ? InRange("--seeds", seeds, MostSeeds) : null;

    /// <summary>The number of runs at the same time.</summary>
    /// <exception cref="UserErrorException">It is out of range.</exception>
    public int Jobs(ParseResult result) => InRange("--jobs", result.GetValue(_jobs) ?? 1, RunOptions.MostThreads);

    /// <summary>The folder of the run folders.</summary>
    /// <exception cref="UserErrorException">It is empty.</exception>
    public string Folder(ParseResult result)
    {
        string path = result.GetValue(_out) ?? DefaultFolder;
        return string.IsNullOrWhiteSpace(path)
            ? throw new UserErrorException($"reproduce {_name}: --out is empty; give a folder, such as {DefaultFolder}.")
            : path;
    }

    /// <summary>The options that all runs have in common: a preset with the steps and threads that are asked for.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="preset">The preset, with as many threads as there are cores.</param>
    /// <exception cref="UserErrorException">A number is out of range.</exception>
    public TOptions Shared<TOptions>(ParseResult result, TOptions preset)
        where TOptions : RunOptions
    {
        return preset with { Steps = result.GetValue(_steps) ?? preset.Steps, Threads = Threads(result, preset.Threads) };
    }

    /// <summary>The number of threads of each run.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="cores">The number of cores, which the jobs share if nothing else is said.</param>
    /// <exception cref="UserErrorException">It is out of range.</exception>
    public int Threads(ParseResult result, int cores) =>
        InRange("--threads", result.GetValue(_threads) ?? Math.Max(1, cores / Jobs(result)), RunOptions.MostThreads);

    /// <summary>Demands that the value of an option is at least 1 and not too large.</summary>
    /// <param name="option">The option, with its dashes.</param>
    /// <param name="value">The value.</param>
    /// <param name="most">The largest value.</param>
    /// <exception cref="UserErrorException">It is out of range.</exception>
    private int InRange(string option, int value, int most) => value >= 1 && value <= most
        ? value
        : throw new UserErrorException($"reproduce {_name}: {option} is {value}; it must be from 1 to {most}.");
}
