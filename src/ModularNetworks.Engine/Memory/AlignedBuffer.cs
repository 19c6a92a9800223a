using System.Runtime.InteropServices;

namespace ModularNetworks.Engine;

/// <summary>
/// A zero-filled block of memory outside the garbage-collected heap, aligned to a cache line. A vector may be loaded from
/// any element, even where it reaches past the end: as many spare bytes follow.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    /// <summary>A cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private const int SpareBytes = Alignment;

    public AlignedBuffer(nuint byteCount)
    {
        ByteCount = Math.Max(RoundUp(byteCount), Alignment);
        Start = (byte*)NativeMemory.AlignedAlloc(ByteCount + SpareBytes, Alignment);
        NativeMemory.Clear(Start, ByteCount + SpareBytes);
        GC.AddMemoryPressure((long)ByteCount);
    }

    ~AlignedBuffer()
    {
        NativeMemory.AlignedFree(Start);
        GC.RemoveMemoryPressure((long)ByteCount);
    }

    public byte* Start { get; }

    public nuint ByteCount { get; }

    public static nuint RoundUp(nuint byteCount) => (byteCount + Alignment - 1) & ~(nuint)(Alignment - 1);
}
