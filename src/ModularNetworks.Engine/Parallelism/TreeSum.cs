using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ModularNetworks.Engine;

/// <summary>
/// Adds up numbers over ranks by one binary tree: neighbours first, then pairs of pairs. As the tree is always the same, so is every bit of
/// the sums; each rank gets all of them.
/// </summary>
/// <remarks>
/// Ranks halve what they add up: a rank gives one half of its numbers to its neighbour and adds the neighbour's other half to its own, then
/// a half of that with the next pair, until each rank has the sums of a part; then the parts are collected the same way back. So each rank
/// sends and receives less than twice what it has, however many ranks there are.
/// </remarks>
/// <param name="communicator">The ranks; their number is a power of two.</param>
internal sealed class TreeSum(ICommunicator communicator)
{
    private float[] _received = [];

    /// <summary>The length to which numbers must be padded, so that they can be halved.</summary>
    public int PaddedLength(int length) => (length + communicator.Size - 1) / communicator.Size * communicator.Size;

    /// <summary>Adds up numbers.</summary>
    /// <param name="values">The numbers of this rank; become the sums. Their length is a multiple of the number of ranks.</param>
    public void Run(Span<float> values)
    {
        if (!BitOperations.IsPow2(communicator.Size))
            throw new InvalidOperationException($"TreeSum: there are {communicator.Size} ranks; a power of two is needed.");
        if (_received.Length < values.Length / 2)
            _received = new float[values.Length / 2];
        var (start, length) = (0, values.Length);
        for (int distance = 1; distance < communicator.Size; distance *= 2)
        {
            length /= 2;
            var (kept, given) = IsLower(distance) ? (start, start + length) : (start + length, start);
            var received = _received.AsSpan(0, length);
            Exchange(distance, values.Slice(given, length), received);
            var sums = values.Slice(kept, length);
            TensorPrimitives.Add<float>(sums, received, sums);
            start = kept;
        }
        Collect(values, start, length);
    }

    private void Collect(Span<float> values, int start, int length)
    {
        for (int distance = communicator.Size / 2; distance > 0; distance /= 2)
        {
            int others = IsLower(distance) ? start + length : start - length;
            Exchange(distance, values.Slice(start, length), values.Slice(others, length));
            start = Math.Min(start, others);
            length *= 2;
        }
    }

    private bool IsLower(int distance) => (communicator.Rank & distance) == 0;

    private void Exchange(int distance, ReadOnlySpan<float> sent, Span<float> received) =>
        communicator.Exchange(communicator.Rank ^ distance, MemoryMarshal.AsBytes(sent), MemoryMarshal.AsBytes(received));
}
