using System.Diagnostics;
using System.Globalization;

namespace ModularNetworks.Attack;

/// <summary>A process that makes calls, watched from outside of it.</summary>
internal sealed class ChildProcess : ICaller
{
    // In hexadecimal: one call needs a few megabytes, and what asks for more is to be refused.
    private const string HeapLimit = "8000000";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    /// <summary>Starts a process that makes some calls.</summary>
    public ChildProcess(IEnumerable<string> arguments)
    {
        string program = Path.ChangeExtension(typeof(ChildProcess).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => LastError = line.Data?.Length > 0 && LastError.Length == 0 ? line.Data : LastError;
        _process.BeginErrorReadLine();
    }

    /// <summary>The first line that it wrote to standard error.</summary>
    public string LastError { get; private set; } = "";

    public string? ReadLine() =>
        _process.StandardOutput.ReadLineAsync().WaitAsync(Limit).GetAwaiter().GetResult();

    public string End()
    {
        _process.WaitForExit();
        return string.Create(CultureInfo.InvariantCulture, $"the process ended with exit code {_process.ExitCode} ({LastError})");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
