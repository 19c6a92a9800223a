using System.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet train ptb</c>: the language model on the Penn Treebank.</summary>
internal sealed class TrainPtbCommand : Command
{
    private readonly CliContext _context;
    private readonly RunOptionSet<LanguageModelOptions> _options;
    private readonly LanguageModelInputs _inputs;

    public TrainPtbCommand(CliContext context)
        : base("ptb", "Trains the paper's language model on the Penn Treebank (paper, section 3.2).")
    {
        _context = context;
        _inputs = new LanguageModelInputs(this, context.Data);
        _options = new RunOptionSet<LanguageModelOptions>(
            this,
            LanguageModelInputs.Defaults,
            threads: "the number of cores",
            _inputs.Preset);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var session = new TrainingSession(_context);
        string path = _options.Folder(result);
        if (!result.GetValue(_options.Resume))
        {
            var options = _options.Read(result, _inputs.ReadPreset(result));
            options.Validate();
            return session.Start(path, options with { Data = _inputs.Locate(result, options.Data) }, stop);
        }
        var folder = RunFolder.Open(path);
        var earlier = (LanguageModelOptions)_options.ReadForResume(result, folder.ReadOptions());
        bool moved = result.GetValue(_inputs.Data) is not null;
        return session.Resume(folder, moved ? earlier with { Data = _inputs.Locate(result) } : earlier, stop);
    }
}
