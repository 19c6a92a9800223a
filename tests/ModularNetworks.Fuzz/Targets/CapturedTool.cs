using System.Net;
using ModularNetworks.Cli;
using ModularNetworks.Data;
using Spectre.Console;

namespace ModularNetworks.Fuzz;

/// <summary>The tool in this process, with captured output, without a network, and told to stop at once.</summary>
internal sealed class CapturedTool : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly CancellationTokenSource _stopped = new();

    /// <summary>Prepares the tool.</summary>
    /// <param name="sandbox">Where data sets are looked for, and downloaded to.</param>
    /// <param name="openInput">Opens standard input; null for an empty one.</param>
    public CapturedTool(Sandbox sandbox, Func<Stream>? openInput = null)
    {
        _stopped.Cancel();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_output) });
        Context = new CliContext(() => console, _output, _error, new DataLocation(sandbox["data"], sandbox["cache"]))
        {
            CreateHandler = () => new NothingThere(),
            Disk = new HastyDisk(),
            OpenInput = openInput ?? (() => Stream.Null),
        };
    }

    /// <summary>The outside world that commands get.</summary>
    public CliContext Context { get; }

    /// <summary>Runs a command line, which stops before its first step.</summary>
    /// <returns>The exit code, and what was written to the error output.</returns>
    public (int ExitCode, string Error) Run(IReadOnlyList<string> arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        int exitCode = new Application(Context).Run(arguments, _stopped.Token);
        return (exitCode, _error.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _stopped.Dispose();
    }

    private sealed class NothingThere : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
