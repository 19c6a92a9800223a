using System.Globalization;

namespace ModularNetworks.Benchmarks;

/// <summary>
/// An implementation in another process, which takes requests by its standard input; see <c>serve.py</c>. After it failed, the
/// next request starts it anew.
/// </summary>
internal sealed class PeerContestant : IContestant
{
    private readonly PeerProgram _program;
    private readonly int _threads;
    private readonly bool _tuned;
    private PeerProcess? _process;

    private PeerContestant(PeerProgram program, int threads, bool tuned)
    {
        (_program, _threads, _tuned) = (program, threads, tuned);
        Description = Running().Versions + (tuned ? "" : ", as installed");
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public long ResidentBytes => _process?.ResidentBytes ?? 0;

    /// <inheritdoc/>
    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Starts a peer.</summary>
    /// <param name="peer">The peer; not none.</param>
    /// <param name="threads">The number of threads that the peer uses.</param>
    /// <exception cref="BenchException">It cannot be started, for example because it is not installed.</exception>
    public static PeerContestant Start(BenchPeer peer, int threads) => new(PeerProgram.Of(peer), threads, PeerProgram.IsTuned(peer));

    /// <inheritdoc/>
    public bool Does(BenchCase what) => what.PeerRequest is not null;

    /// <inheritdoc/>
    /// <exception cref="BenchException">The peer ended, or answered something else than times.</exception>
    public double[] Run(BenchCase what, int count)
    {
        try
        {
            string answer = Running().Ask($"{what.PeerRequest} {count}");
            return [.. answer.Split(' ').Select(time => double.TryParse(time, CultureInfo.InvariantCulture, out double milliseconds)
                ? milliseconds
                : throw new BenchException($"{_program.Subject}answers '{answer}', where times were expected; {_program.Remedy}"))];
        }
        catch (BenchException)
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process?.Dispose();
        _process = null;
    }

    private PeerProcess Running() => _process ??= PeerProcess.Start(_program, _threads, _tuned);
}
