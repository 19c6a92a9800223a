using System.Diagnostics;
using System.Globalization;

namespace ModularNetworks.Attack;

/// <summary>A process that makes calls, watched from outside of it.</summary>
internal sealed class ChildProcess : ICaller
{
    // In hexadecimal: one call needs a few megabytes, and what asks for more is to be refused.
    private const string HeapLimit = "8000000";

    // Of its own processor time: on a busy machine a call of a millisecond takes long. A process that waits takes none.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LimitOfWaiting = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

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

    public string? ReadLine()
    {
        var line = _process.StandardOutput.ReadLineAsync();
        if (line.IsCompleted)
            return line.GetAwaiter().GetResult();
        TimeSpan before = ProcessorTime(), waited = TimeSpan.Zero;
        while (!line.Wait(LookEvery))
        {
            waited += LookEvery;
            if (ProcessorTime() - before > Limit || waited > LimitOfWaiting)
                throw new TimeoutException();
        }
        return line.GetAwaiter().GetResult();
    }

    public string End()
    {
        _process.WaitForExit();
        return string.Create(CultureInfo.InvariantCulture, $"the process ended with exit code {_process.ExitCode} ({LastError})");
    }

    private TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
