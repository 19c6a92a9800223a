using System.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet train NAME</c>: trains one kind of experiment.</summary>
internal sealed class TrainKindCommand : Command
{
    private readonly CliContext _context;
    private readonly DataInputs? _inputs;
    private readonly RunOptions _defaults;
    private readonly ChoiceOption[] _choices;
    private readonly RunOptionSet _options;

    /// <summary>Makes the command.</summary>
    /// <param name="context">Where output goes.</param>
    /// <param name="kind">The kind of experiment.</param>
    public TrainKindCommand(CliContext context, ExperimentKind kind)
        : base(kind.Name, kind.Description)
    {
        _context = context;
        _defaults = kind.Presets.Get(kind.Presets.Default);
        if (_defaults is DataRunOptions)
        {
            _inputs = new DataInputs(this, context.Data, kind, kind.Presets.Default);
            _defaults = _inputs.Defaults;
        }
        _choices = [.. kind.Choices.Select(choice => new ChoiceOption(choice))];
        OptionChange[] further = [.. _choices.Select(choice => new OptionChange(choice.Option, choice.Apply))];
        foreach (var change in further)
            Options.Add(change.Option);
        _options = new RunOptionSet(
            this, _defaults, _inputs is null ? $"{_defaults.Threads}" : "the number of cores",
            _inputs is null ? further : [new OptionChange(_inputs.Preset, PresetOf), .. further]);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop) => new RankSession(_context).Run(
        ranks => Train(result, ranks, stop), () => _options.ThreadsOf(result, _defaults, _context.Launcher), stop);

    private int Train(ParseResult result, ICommunicator? ranks, CancellationToken stop)
    {
        var session = new TrainingSession(_context, result.GetValue(_options.TensorBoard), ranks);
        string path = _options.Folder(result);
        if (!result.GetValue(_options.Resume))
            return session.Start(path, ReadNew(result), stop);
        var folder = RunFolder.Open(path);
        var earlier = _options.ReadForResume(result, folder.ReadOptions(_context.Experiments));
        bool moved = _inputs is not null && result.GetValue(_inputs.Data) is not null;
        if (!moved && earlier is DataRunOptions { Data: { Length: > 0 } data } && !Path.Exists(data))
            throw new UserErrorException($"train: the data of the run are not at {data} any more. Give them with --data.");
        return session.Resume(folder, moved ? Located(result, (DataRunOptions)earlier, set: "") : earlier, stop);
    }

    private RunOptions ReadNew(ParseResult result)
    {
        var start = _inputs?.ReadPreset(result) ?? _defaults;
        var options = _options.Read(result, _choices.Aggregate(start, (changed, choice) => choice.Apply(changed, result)));
        options = options with { Threads = _options.ThreadsOf(result, options, _context.Launcher) };
        options.Validate();
        return options is DataRunOptions read ? Located(result, read, read.Data) : options;
    }

    private DataRunOptions PresetOf(RunOptions options, ParseResult result) => _inputs!.ReadPreset(result) with { Data = ((DataRunOptions)options).Data };

    private DataRunOptions Located(ParseResult result, DataRunOptions options, string set) =>
        options with { Data = _inputs!.Locate(result, set) };
}
