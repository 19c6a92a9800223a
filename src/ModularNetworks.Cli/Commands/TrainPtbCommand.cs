using System.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet train ptb</c>: the language model on the Penn Treebank.</summary>
internal sealed class TrainPtbCommand : Command
{
    private readonly CliContext _context;
    private readonly RunOptionSet<LanguageModelOptions> _options;
    private readonly Option<string?> _data = new("--data")
    {
        Description = "The folder or archive with the text. (default: $MODNET_DATA/ptb, else modnet/data/ptb in the user's cache folder)",
        HelpName = "DIR",
    };

    public TrainPtbCommand(CliContext context)
        : base("ptb", "Trains the paper's language model on the Penn Treebank (paper, section 3.2).")
    {
        _context = context;
        Options.Add(_data);
        _options = new RunOptionSet<LanguageModelOptions>(
            this,
            new LanguageModelOptions { Threads = Math.Min(Environment.ProcessorCount, RunOptions.MostThreads) },
            threads: "the number of cores");
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var session = new TrainingSession(_context);
        string path = _options.Folder(result);
        if (!result.GetValue(_options.Resume))
        {
            var options = _options.Read(result);
            options.Validate();
            return session.Start(path, options with { Data = Locate(result, options.Data) }, stop);
        }
        var folder = RunFolder.Open(path);
        var earlier = (LanguageModelOptions)_options.ReadForResume(result, folder.ReadOptions());
        return session.Resume(folder, result.GetValue(_data) is null ? earlier : earlier with { Data = Locate(result, "") }, stop);
    }

    /// <summary>Where the text is: as --data says, else as --set data=... says, else where it is usually kept.</summary>
    private string Locate(ParseResult result, string set) => Path.GetFullPath(
        _context.Data.Resolve(result.GetValue(_data) ?? (set.Length > 0 ? set : null), LanguageModelOptions.Name));
}
