using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

public sealed unsafe partial class Tensor
{
    internal static nuint ByteCount(Shape shape, Precision precision) =>
        (nuint)shape.Count * (nuint)(precision == Precision.Single ? sizeof(float) : sizeof(double));

    internal void Attach(AlignedBuffer buffer, nuint offset, Shape shape, Precision precision)
    {
        _buffer = buffer;
        _start = buffer.Start + offset;
        Shape = shape;
        Precision = precision;
        TracksGradient = false;
        Gradient = null;
    }

    /// <summary>Makes this tensor another view of the elements of <paramref name="source"/>.</summary>
    internal void AttachView(Tensor source, Shape shape)
    {
        _buffer = source._buffer;
        _start = source._start;
        Shape = shape;
        Precision = source.Precision;
        TracksGradient = false;
        Gradient = null;
    }

    /// <summary>Lets go of the memory, so that use after a tape's reset is noticed.</summary>
    internal void Release()
    {
        _buffer = null;
        _start = null;
        Gradient = null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckAccess(Precision wanted)
    {
        if (_buffer is null || Precision != wanted)
            ThrowAccess(wanted);
    }

    private void ThrowAccess(Precision wanted) => throw new InvalidOperationException(
        _buffer is null
            ? "The tensor was released when its tape was reset. Copy what must outlive a step before the reset."
            : $"The tensor holds {Precision} elements, but {wanted} was asked for.");
}
