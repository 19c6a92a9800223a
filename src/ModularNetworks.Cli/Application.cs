using System.CommandLine;
using System.CommandLine.Help;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Cli.Commands;

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
            return Report(failure, root.IsVerbose(result));
        }
    }

    private int Report(Exception failure, bool verbose)
    {
        context.Error.WriteLine(context.AsCalled(ErrorLine.Of(failure)));
        if (verbose)
            context.Error.WriteLine(failure);
        return ErrorLine.IsExpected(failure) ? ExitCode.BadInput : ExitCode.Fault;
    }
}
