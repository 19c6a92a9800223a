using System.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet train toy</c>: the toy regression problem.</summary>
internal sealed class TrainToyCommand : Command
{
    private readonly CliContext _context;
    private readonly RunOptionSet<ToyOptions> _options;

    public TrainToyCommand(CliContext context)
        : base("toy", "Decomposes a random regression problem into two modules (paper, section 3.1).")
    {
        _context = context;
        _options = new RunOptionSet<ToyOptions>(this, new ToyOptions(), threads: "1");
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var session = new TrainingSession(_context, result.GetValue(_options.TensorBoard));
        string path = _options.Folder(result);
        if (!result.GetValue(_options.Resume))
            return session.Start(path, _options.Read(result), stop);
        var folder = RunFolder.Open(path);
        return session.Resume(folder, _options.ReadForResume(result, folder.ReadOptions()), stop);
    }
}
