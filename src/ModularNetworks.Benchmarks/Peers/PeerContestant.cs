using System.Diagnostics;
using System.Globalization;

namespace ModularNetworks.Benchmarks;

/// <summary>An implementation in another process, which takes requests by its standard input; see <c>serve.py</c>.</summary>
internal sealed class PeerContestant : IContestant
{
    private const string Name = "PyTorch";

    // What it says of itself when it knows more begins so.
    private const string Subject = $"{Name} peer: ";
    private const string Remedy = "install what it needs with: apt-get install -y bash python3-torch python3-numpy (or leave out --peer)";

    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private volatile string? _lastError;

    private PeerContestant(Process process) => _process = process;

    /// <inheritdoc/>
    public string Description { get; private set; } = "";

    /// <inheritdoc/>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BenchException">The process has ended.</exception>
    public int ProcessId => IsRunning() ? _process.Id : throw Ended();

    /// <summary>Starts the PyTorch implementation.</summary>
    /// <param name="threads">The number of threads that the peer uses.</param>
    /// <param name="tuned">Whether in the environment in which it is fast, or as it is installed.</param>
    /// <exception cref="BenchException">It cannot be started, for example because PyTorch is not installed.</exception>
    public static PeerContestant StartPyTorch(int threads, bool tuned)
    {
        var start = new ProcessStartInfo("bash", tuned ? ["run.sh"] : ["run.sh", "--stock"])
        {
            WorkingDirectory = Path.Join(AppContext.BaseDirectory, "peers", "pytorch"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        var peer = new PeerContestant(new Process { StartInfo = start });
        try
        {
            peer.Start();
            string versions = peer.ReadLine();
            if (!versions.StartsWith(Name, StringComparison.Ordinal))
                throw new BenchException($"{Subject}begins with '{versions}', where the versions of PyTorch were expected; {Remedy}");
            peer.Description = versions + (tuned ? "" : ", as installed");
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Does(BenchCase what) => what.PeerRequest is not null;

    /// <inheritdoc/>
    public double[] Run(BenchCase what, int count)
    {
        try
        {
            _process.StandardInput.WriteLine($"{what.PeerRequest} {count}");
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }
        string answer = ReadLine();
        return [.. answer.Split(' ').Select(time => double.TryParse(time, CultureInfo.InvariantCulture, out double milliseconds)
            ? milliseconds
            : throw new BenchException($"{Subject}answers '{answer}', where times were expected; {Remedy}"))];
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
                Directory.Exists(folder) ? $"{Subject}bash was not found on PATH; {Remedy}" : $"{Subject}{folder} is missing; build modnet again.",
                failure);
        }
        _process.BeginErrorReadLine();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw Ended();

    private BenchException Ended()
    {
        _process.WaitForExit(); // also until its last error line has come
        string? said = _lastError;
        return new BenchException(said?.StartsWith(Subject, StringComparison.Ordinal) == true
            ? $"{said} (or leave out --peer)"
            : $"{Subject}{said ?? "ended without a message"}; {Remedy}");
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
