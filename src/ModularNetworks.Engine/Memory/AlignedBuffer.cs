using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModularNetworks.Engine;

/// <summary>
/// A zero-filled block of memory that never moves, aligned to a cache line. It belongs to the garbage collector, so that
/// a span of it stays valid even when nothing else refers to the buffer any more. A vector may be loaded from any
/// element, even where it reaches past the end: as many spare bytes follow.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    /// <summary>A cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private readonly Line[] _lines;

    public AlignedBuffer(nuint byteCount)
    {
        ByteCount = Math.Max(RoundUp(byteCount), Alignment);
        // Two lines more than asked for: the array itself starts anywhere, and vectors may be loaded past the end.
        _lines = SizedArray.Create<Line>("Tensor", (long)(ByteCount / Alignment) + 2, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_lines));
        Start = (byte*)RoundUp(address);
    }

    public byte* Start { get; }

    public nuint ByteCount { get; }

    public static nuint RoundUp(nuint byteCount) => (byteCount + Alignment - 1) & ~(nuint)(Alignment - 1);

    [StructLayout(LayoutKind.Sequential, Size = Alignment)]
    private struct Line;
}
