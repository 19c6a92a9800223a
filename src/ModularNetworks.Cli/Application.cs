using System.CommandLine;
using System.CommandLine.Help;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Cli.Commands;
using ModularNetworks.Distributed;

namespace ModularNetworks.Cli;

/// <summary>The tool: parses, runs a command, and turns every failure into one line and an exit code.</summary>
/// <remarks>Commands return an <see cref="ExitCode"/> or throw; nothing else catches or prints errors.</remarks>
internal sealed class Application(CliContext context)
{
    // How long a command may take to end cleanly after Ctrl-C, to finish its step and write a checkpoint.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="stop">Asks for a stop, as Ctrl-C does.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public int Run(IReadOnlyList<string> arguments, CancellationToken stop = default)
    {
        var root = new ModnetCommand(context);
        // Without this the library would read arguments from a file when a value starts with @.
        var result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (result.Action is HelpAction)
                root.PrepareHelp(result.CommandResult.Command);
            else if (UsageError.Find(result) is { } problem)
                throw new UserErrorException(problem);
            context.RequireOutside(needsFolder: result.CommandResult.Command != root);
            var configuration = new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToEnd,
            };
            return result.InvokeAsync(configuration, stop).GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            if (result.CommandResult.Command is TrainKindCommand or BenchRanksCommand)
                WaitForFirstRank();
            return Report(failure, root.IsVerbose(result));
        }
    }

    private int Report(Exception failure, bool verbose)
    {
        int code = ErrorLine.IsExpected(failure) ? ExitCode.BadInput : ExitCode.Fault;
        string rank = context.Launcher is { Rank: > 0 } launcher ? $"rank {launcher.Rank}: " : "";
        context.Error.WriteLine(rank + context.AsCalled(ErrorLine.Of(failure)));
        if (verbose)
            context.Error.WriteLine(failure);
        context.Error.Flush();
        // The others would wait for this one.
        context.Ranks?.Abort(code);
        return code;
    }

    /// <summary>
    /// Where something fails before ranks know of each other, such as a wrong command line, it fails on all of them. Rank 0 tells it, and its end
    /// ends the others, which wait here.
    /// </summary>
    private void WaitForFirstRank()
    {
        if (context is not { Launcher: { Rank: > 0 } launcher, Ranks: null })
            return;
        try
        {
            context.Ranks = MpiCommunicator.Open(launcher);
        }
        catch (MpiException)
        {
            // There is nothing to wait by.
        }
    }
}
