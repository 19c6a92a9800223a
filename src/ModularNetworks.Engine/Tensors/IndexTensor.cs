namespace ModularNetworks.Engine;

/// <summary>A dense row-major array of indices: words, classes, picks, row numbers.</summary>
public sealed unsafe class IndexTensor
{
    private AlignedBuffer? _buffer;
    private int* _start;

    internal IndexTensor()
    {
    }

    /// <summary>The sizes of the axes, outermost first.</summary>
    public Shape Shape { get; private set; }

    /// <summary>The indices in row-major order.</summary>
    /// <exception cref="InvalidOperationException">The tensor was released by its tape's reset.</exception>
    public Span<int> Values => new(Pointer, Shape.Count);

    private int* Pointer => _buffer is not null
        ? _start
        : throw new InvalidOperationException(
            "The indices were released when their tape was reset. Copy what must outlive a step before the reset.");

    /// <summary>A new zero-filled tensor that is not part of any tape.</summary>
    public static IndexTensor Allocate(Shape shape)
    {
        var tensor = new IndexTensor();
        tensor.Attach(new AlignedBuffer(ByteCount(shape)), 0, shape);
        return tensor;
    }

    /// <summary>A new tensor with the given indices, that is not part of any tape.</summary>
    /// <exception cref="ShapeException">The number of values is not the shape's.</exception>
    public static IndexTensor From(Shape shape, ReadOnlySpan<int> values)
    {
        if (values.Length != shape.Count)
            throw new ShapeException($"IndexTensor.From: {Counted.Of(values.Length, "value")} given for shape {shape}, which has {shape.Count}.");
        var tensor = Allocate(shape);
        values.CopyTo(tensor.Values);
        return tensor;
    }

    /// <summary>The address of the first indices, for a kernel that touches no others.</summary>
    /// <param name="count">Their number.</param>
    /// <param name="bound">The indices that the kernel reads are 0 to <paramref name="bound"/> - 1; null for those that it writes.</param>
    /// <exception cref="ShapeException">There are fewer, or, where kernels are checked, one is outside the bound.</exception>
    internal int* PointerTo(long count, int? bound)
    {
        KernelExtent.Require(count, Shape);
        if (bound is { } limit && KernelCheck.IsOn)
            IndexRange.Require("Kernel", "index", Values[..(int)count], limit);
        return Pointer;
    }

    internal static nuint ByteCount(Shape shape) => (nuint)shape.Count * sizeof(int);

    internal void Attach(AlignedBuffer buffer, nuint offset, Shape shape)
    {
        _buffer = buffer;
        _start = (int*)(buffer.Start + offset);
        Shape = shape;
    }

    internal void Release() => _buffer = null;
}
