using System.CommandLine;
using ModularNetworks.Board;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet board</c>: the runs of a folder as a live page.</summary>
internal sealed class BoardCommand : Command
{
    private const int DefaultPort = 6007;
    private const int LargestPort = 65_535;

    private readonly CliContext _context;
    private readonly Argument<string> _folder = new("DIR")
    {
        Description = "The folder with the run folders. Those of a comparison, a suite or a table below it are shown only if its folder is given.",
    };

    private readonly Option<int?> _port = new("--port")
    {
        Description = $"The port to listen at; 0 for any that is free. (default: {DefaultPort})",
    };

    public BoardCommand(CliContext context)
        : base(
            "board",
            "Shows the runs below a folder live in a browser on this machine: lists, compares and follows them. Ctrl-C ends it.")
    {
        _context = context;
        Arguments.Add(_folder);
        Options.Add(_port);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken stop)
    {
        int port = result.GetValue(_port) ?? DefaultPort;
        if (port is < 0 or > LargestPort)
            throw new UserErrorException($"board: --port {port}: ports are 0 to {LargestPort}. Choose one of these, or leave it out.");
        string folder = result.GetRequiredValue(_folder);
        await using var board = await BoardServer.StartAsync(folder, port, ToolVersion.Text);
        foreach (string group in RunFolders.In(folder).Groups)
            _context.WriteLine($"the runs of {Path.Join(folder, group)} are left out; {_context.Command(Name, Path.Join(folder, group))} shows them");
        _context.WriteLine($"board: {board.Address} (Ctrl-C ends it)");
        await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        return ExitCode.Success;
    }
}
