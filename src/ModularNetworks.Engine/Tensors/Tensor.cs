using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>
/// A dense row-major array of floating-point numbers. Made by a <see cref="Tape"/> (lives until the tape is reset) or by
/// <see cref="Allocate"/> (lives as long as it is referenced).
/// </summary>
public sealed unsafe partial class Tensor
{
    private AlignedBuffer? _buffer;
    private byte* _start;

    internal Tensor()
    {
    }

    /// <summary>The sizes of the axes, outermost first.</summary>
    public Shape Shape { get; private set; }

    /// <summary>The type of the elements.</summary>
    public Precision Precision { get; private set; }

    /// <summary>Whether <see cref="Tape.Backward(Tensor)"/> computes a gradient for this tensor.</summary>
    public bool TracksGradient { get; internal set; }

    /// <summary>
    /// The derivative of the loss by this tensor, of the same shape; null until a backward pass reached this tensor.
    /// </summary>
    public Tensor? Gradient { get; internal set; }

    /// <summary>The rows of this gradient that were written to; null for a tensor whose rows are not noted.</summary>
    internal TouchedRows? TouchedRows { get; set; }

    /// <summary>Of the gradient of a table, the rows that were written to; null where they are not noted.</summary>
    internal TouchedRows? TableRows { get; set; }

    /// <summary>The elements in row-major order.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not <see cref="Precision.Single"/>, or was released.</exception>
    public Span<float> Values => As<float>();

    /// <summary>One element, in double precision whatever the tensor's is.</summary>
    /// <param name="index">Its place in row-major order.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public double this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] // E-steps compare all elements one by one
        get => Precision == Precision.Single ? As<float>()[index] : As<double>()[index];
        set
        {
            if (Precision == Precision.Single)
                As<float>()[index] = (float)value;
            else
                As<double>()[index] = value;
        }
    }


    /// <summary>A new zero-filled tensor that is not part of any tape.</summary>
    public static Tensor Allocate(Shape shape, Precision precision = Precision.Single)
    {
        var tensor = new Tensor();
        var buffer = new AlignedBuffer(ByteCount(shape, precision));
        tensor.Attach(buffer, 0, shape, precision);
        return tensor;
    }

    /// <summary>A new tensor with the given elements, that is not part of any tape.</summary>
    /// <exception cref="ShapeException">The number of values is not the shape's.</exception>
    public static Tensor From(Shape shape, ReadOnlySpan<float> values)
    {
        if (values.Length != shape.Count)
            throw new ShapeException($"Tensor.From: {Counted.Of(values.Length, "value")} given for shape {shape}, which has {shape.Count}.");
        var tensor = Allocate(shape);
        values.CopyTo(tensor.Values);
        return tensor;
    }

    /// <summary>The elements in row-major order, as the type that <see cref="Precision"/> says.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another element type, or was released.</exception>
    public Span<T> As<T>()
        where T : unmanaged
    {
        CheckAccess(PrecisionOf<T>());
        return new Span<T>(_start, Shape.Count);
    }

    /// <summary>The first elements, for a kernel that touches no others.</summary>
    /// <param name="count">Their number.</param>
    /// <exception cref="ShapeException">There are fewer.</exception>
    internal Span<T> As<T>(long count)
        where T : unmanaged
    {
        KernelExtent.Require(count, Shape);
        return As<T>()[..(int)count];
    }

    /// <summary>The address of the first elements, for a kernel that touches no others.</summary>
    /// <param name="count">Their number.</param>
    /// <exception cref="ShapeException">There are fewer.</exception>
    internal float* PointerTo(long count)
    {
        CheckAccess(Precision.Single);
        KernelExtent.Require(count, Shape);
        return (float*)_start;
    }

    /// <summary>The only element of a tensor with one element.</summary>
    /// <exception cref="ShapeException">The tensor has more than one element, or none.</exception>
    public double ToScalar()
    {
        if (Shape.Count != 1)
            throw new ShapeException($"ToScalar: the tensor has shape {Shape}; one element is needed. Reduce it first.");
        return Precision == Precision.Single ? As<float>()[0] : As<double>()[0];
    }

    /// <summary>Copies all elements to a tensor of the same shape and precision.</summary>
    /// <exception cref="InvalidOperationException">The target has another precision.</exception>
    /// <exception cref="ShapeException">The target has another shape.</exception>
    public void CopyTo(Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Shape != Shape)
            throw new ShapeException($"CopyTo: the tensor has shape {Shape}, the target {target.Shape}; they must be the same.");
        if (Precision == Precision.Single)
            As<float>().CopyTo(target.As<float>());
        else
            As<double>().CopyTo(target.As<double>());
    }

    /// <summary>Writes a shape and the first elements, for debugging.</summary>
    public override string ToString() => $"Tensor {Shape} ({Precision})";

    internal static Precision PrecisionOf<T>() =>
        typeof(T) == typeof(float) ? Precision.Single
        : typeof(T) == typeof(double) ? Precision.Double
        : throw new InvalidOperationException($"A tensor holds float or double, not {typeof(T).Name}.");
}
