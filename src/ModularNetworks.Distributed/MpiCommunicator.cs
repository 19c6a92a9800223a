using ModularNetworks.Engine;

namespace ModularNetworks.Distributed;

/// <summary>All processes that a launcher of MPI started. There is one in a process; its methods are called by one thread at a time.</summary>
public sealed unsafe class MpiCommunicator : ICommunicator, IDisposable
{
    // MPI counts in 32 bits.
    private const int MostBytes = 1 << 30;

    // More than a status takes in any library.
    private const int StatusBytes = 256;

    private const int Tag = 1;

    private readonly MpiLibrary _mpi;
    private bool _isOpen = true;

    private MpiCommunicator(MpiLibrary mpi)
    {
        _mpi = mpi;
        (Rank, Size) = (Number("MPI_Comm_rank"), Number("MPI_Comm_size"));
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>Begins to use MPI, once in a process.</summary>
    /// <param name="launcher">What started this process.</param>
    /// <exception cref="MpiException">The launcher's library is missing, or another was found.</exception>
    public static MpiCommunicator Open(MpiLauncher launcher)
    {
        ArgumentNullException.ThrowIfNull(launcher);
        var communicator = new MpiCommunicator(MpiLibrary.Open(launcher));
        RequireSize(communicator.Size, launcher);
        return communicator;
    }

    /// <summary>Checks that a library belongs to the launcher. One that does not makes a job of its own of every process, without an error.</summary>
    /// <exception cref="MpiException">It does not.</exception>
    internal static void RequireSize(int size, MpiLauncher launcher)
    {
        if (size == launcher.Size)
            return;
        throw new MpiException(
            $"The launcher started {launcher.Size} processes, but the library of MPI knows of {size}: they do not belong together. "
            + $"Start with the mpirun of {(launcher.IsMpich ? "the MPICH" : "the Open MPI")} whose library is installed.");
    }

    /// <inheritdoc/>
    public void Barrier() => Check("MPI_Barrier", ((delegate* unmanaged<nint, int>)_mpi.Function("MPI_Barrier"))(_mpi.World));

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root)
    {
        var function = (delegate* unmanaged<void*, int, nint, int, nint, int>)_mpi.Function("MPI_Bcast");
        for (int start = 0; start < bytes.Length; start += MostBytes)
        {
            var part = Part(bytes, start);
            fixed (byte* address = part)
                Check("MPI_Bcast", function(address, part.Length, _mpi.Byte, root, _mpi.World));
        }
    }

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<byte> own, Span<byte> all)
    {
        RoomForRanks.Require(all.Length, (long)own.Length * Size);
        var function = (delegate* unmanaged<void*, int, nint, void*, int, nint, nint, int>)_mpi.Function("MPI_Allgather");
        fixed (byte* sent = own, received = all)
            Check("MPI_Allgather", function(sent, own.Length, _mpi.Byte, received, own.Length, _mpi.Byte, _mpi.World));
    }

    /// <inheritdoc/>
    public void Exchange(int partner, ReadOnlySpan<byte> sent, Span<byte> received)
    {
        RoomForRanks.Require(received.Length, sent.Length);
        var function = (delegate* unmanaged<void*, int, nint, int, int, void*, int, nint, int, int, nint, void*, int>)_mpi.Function("MPI_Sendrecv");
        byte* status = stackalloc byte[StatusBytes];
        for (int start = 0; start < sent.Length; start += MostBytes)
        {
            int length = Math.Min(MostBytes, sent.Length - start);
            fixed (byte* from = sent[start..], to = received[start..])
                Check("MPI_Sendrecv", function(from, length, _mpi.Byte, partner, Tag, to, length, _mpi.Byte, partner, Tag, _mpi.World, status));
        }
    }

    /// <inheritdoc/>
    public void AllToAll(ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentCounts, Span<byte> received, ReadOnlySpan<int> receivedCounts)
    {
        RoomForRanks.RequireParts(Size, sent.Length, sentCounts, received.Length, receivedCounts);
        var function = (delegate* unmanaged<void*, int*, int*, nint, void*, int*, int*, nint, nint, int>)_mpi.Function("MPI_Alltoallv");
        int* sentStarts = stackalloc int[Size], receivedStarts = stackalloc int[Size];
        SetStarts(sentCounts, sentStarts);
        SetStarts(receivedCounts, receivedStarts);
        fixed (byte* from = sent, to = received)
        fixed (int* fromCounts = sentCounts, toCounts = receivedCounts)
            Check("MPI_Alltoallv", function(from, fromCounts, sentStarts, _mpi.Byte, to, toCounts, receivedStarts, _mpi.Byte, _mpi.World));
    }

    /// <inheritdoc/>
    public void AllReduce(Span<float> values)
    {
        var function = (delegate* unmanaged<void*, void*, int, nint, nint, nint, int>)_mpi.Function("MPI_Allreduce");
        fixed (float* address = values)
            Check("MPI_Allreduce", function((void*)_mpi.InPlace, address, values.Length, _mpi.Float, _mpi.Sum, _mpi.World));
    }

    /// <summary>Ends the processes of all ranks, without waiting for them.</summary>
    /// <param name="exitCode">Their exit code.</param>
    public void Abort(int exitCode) => ((delegate* unmanaged<nint, int, int>)_mpi.Function("MPI_Abort"))(_mpi.World, exitCode);

    /// <summary>Ends the use of MPI, when all ranks are here.</summary>
    public void Dispose()
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        Check("MPI_Finalize", ((delegate* unmanaged<int>)_mpi.Function("MPI_Finalize"))());
    }

    private int Number(string name)
    {
        int number;
        Check(name, ((delegate* unmanaged<nint, int*, int>)_mpi.Function(name))(_mpi.World, &number));
        return number;
    }

    private static void SetStarts(ReadOnlySpan<int> counts, int* starts)
    {
        for (int rank = 0, start = 0; rank < counts.Length; start += counts[rank++])
            starts[rank] = start;
    }

    private static Span<byte> Part(Span<byte> bytes, int start) => bytes.Slice(start, Math.Min(MostBytes, bytes.Length - start));

    private static void Check(string function, int result) => MpiLibrary.Check(function, result);
}
