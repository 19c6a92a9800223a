using System.Diagnostics;
using System.Globalization;

namespace ModularNetworks.Benchmarks;

/// <summary>The process of a peer's program: a line of versions, then a line for every line that it is asked.</summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private readonly PeerProgram _program;
    private readonly Process _process;
    private volatile string? _lastError;

    private PeerProcess(PeerProgram program, Process process) => (_program, _process) = (program, process);

    /// <summary>The name of the library, and the versions of what it runs on.</summary>
    public string Versions { get; private set; } = "";

    /// <summary>The memory of the process that is resident now, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return IsRunning() ? _process.WorkingSet64 : 0;
        }
    }

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a peer's program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="threads">The number of threads that it uses.</param>
    /// <param name="tuned">Whether in the environment in which it is fast, or as it is installed.</param>
    /// <exception cref="BenchException">It cannot be started, for example because its library is not installed.</exception>
    public static PeerProcess Start(PeerProgram program, int threads, bool tuned)
    {
        var start = new ProcessStartInfo("bash", tuned ? ["run.sh"] : ["run.sh", "--stock"])
        {
            WorkingDirectory = Path.Join(AppContext.BaseDirectory, "peers", program.Folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        var peer = new PeerProcess(program, new Process { StartInfo = start });
        try
        {
            peer.Start();
            peer.Versions = peer.ReadLine();
            return peer.Versions.StartsWith(program.Library, StringComparison.Ordinal)
                ? peer
                : throw new BenchException(
                    $"{program.Subject}begins with '{peer.Versions}', where the versions of {program.Library} were expected; {program.Remedy}");
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Asks for something.</summary>
    /// <returns>The answer, a line.</returns>
    /// <exception cref="BenchException">The process has ended.</exception>
    public string Ask(string request)
    {
        try
        {
            _process.StandardInput.WriteLine(request);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }
        return ReadLine();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsRunning())
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeToEnd))
                _process.Kill();
        }
        _process.Dispose();
    }

    private void Start()
    {
        _process.ErrorDataReceived += (_, line) => _lastError = string.IsNullOrEmpty(line.Data) ? _lastError : line.Data;
        try
        {
            _process.Start();
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            string folder = _process.StartInfo.WorkingDirectory;
            throw new BenchException(
                Directory.Exists(folder)
                    ? $"{_program.Subject}bash was not found on PATH; {_program.Remedy}"
                    : $"{_program.Subject}{folder} is missing; build modnet again.",
                failure);
        }
        _process.BeginErrorReadLine();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw Ended();

    private BenchException Ended()
    {
        _process.WaitForExit(); // also until its last error line has come
        string? said = _lastError;
        return new BenchException(said?.StartsWith(_program.Subject, StringComparison.Ordinal) == true
            ? $"{said} (or leave out --peer)"
            : $"{_program.Subject}{said ?? "ended without a message"}; {_program.Remedy}");
    }

    private bool IsRunning()
    {
        try
        {
            return !_process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return false; // never started
        }
    }
}
