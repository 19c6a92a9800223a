using System.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary>A command that trains on data from files.</summary>
/// <typeparam name="TOptions">The experiment's options.</typeparam>
internal abstract class TrainDataCommand<TOptions> : Command
    where TOptions : DataRunOptions
{
    private readonly CliContext _context;
    private readonly DataInputs<TOptions> _inputs;
    private readonly RunOptionSet<TOptions> _options;

    /// <summary>Makes the command.</summary>
    /// <param name="context">The context whose output is written to.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="description">The description of the command for help.</param>
    /// <param name="inputs">Adds the options that say where the data are.</param>
    /// <param name="further">Options of the command's own that decide a run's result.</param>
    protected TrainDataCommand(
        CliContext context, string name, string description, Func<Command, DataInputs<TOptions>> inputs, params Option[] further)
        : base(name, description)
    {
        _context = context;
        _inputs = inputs(this);
        foreach (var option in further)
            Options.Add(option);
        _options = new RunOptionSet<TOptions>(
            this, _inputs.Defaults, threads: "the number of cores", [_inputs.Preset, .. further]);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    /// <summary>Changes the options of a preset to those that the command's own options ask for.</summary>
    protected virtual TOptions Change(TOptions preset, ParseResult result) => preset;

    private int Run(ParseResult result, CancellationToken stop)
    {
        var session = new TrainingSession(_context, result.GetValue(_options.TensorBoard));
        string path = _options.Folder(result);
        if (!result.GetValue(_options.Resume))
        {
            var options = _options.Read(result, Change(_inputs.ReadPreset(result), result));
            options.Validate();
            return session.Start(path, options with { Data = _inputs.Locate(result, options.Data) }, stop);
        }
        var folder = RunFolder.Open(path);
        var earlier = (TOptions)_options.ReadForResume(result, folder.ReadOptions());
        bool moved = result.GetValue(_inputs.Data) is not null;
        return session.Resume(folder, moved ? earlier with { Data = _inputs.Locate(result) } : earlier, stop);
    }
}
