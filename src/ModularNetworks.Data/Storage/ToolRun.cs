using System.ComponentModel;
using System.Diagnostics;

namespace ModularNetworks.Data;

/// <summary>A program that runs without a shell and whose output is read while it runs.</summary>
internal sealed class ToolRun : IDisposable
{
    // More of what a program complains about is read, so that it does not wait, but not kept.
    private const int MostLetters = 4096;

    private readonly Process _process;
    private readonly Task<string> _complaints;

    /// <summary>Starts a program with an empty standard input.</summary>
    /// <param name="program">The program's path.</param>
    /// <param name="arguments">The program's arguments, each passed on as it is.</param>
    /// <param name="folder">The folder in which the program runs; the current folder if null.</param>
    /// <exception cref="DataException">The program cannot be started.</exception>
    public ToolRun(string program, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Exception cause) when (cause is Win32Exception or IOException)
        {
            throw new DataException($"{program}: cannot be started: {cause.Message} Check its installation.", cause);
        }
        _process.StandardInput.Close();
        _complaints = Task.Run(ReadComplaints);
    }

    /// <summary>The standard output of the program.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Waits for the end of the program. <see cref="Output"/> must have been read to its end.</summary>
    /// <returns>The exit code, and the start of what the program wrote to its error output.</returns>
    public (int ExitCode, string Complaints) Finish()
    {
        _process.WaitForExit();
        return (_process.ExitCode, _complaints.GetAwaiter().GetResult());
    }

    /// <summary>Ends the program if it still runs.</summary>
    public void Dispose()
    {
        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
        _process.WaitForExit();
        _complaints.Wait();
        _process.Dispose();
    }

    private string ReadComplaints()
    {
        var kept = new char[MostLetters];
        int count = _process.StandardError.ReadBlock(kept);
        var rest = new char[MostLetters];
        while (_process.StandardError.Read(rest) > 0)
        {
        }
        return new string(kept, 0, count);
    }
}
