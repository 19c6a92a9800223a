using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>The sizes of a tensor's axes, outermost first: <c>[batch, features]</c>. At most four axes.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The largest number of axes a shape can have.</summary>
    public const int MaxRank = 4;

    /// <summary>
    /// The largest number of elements: some blocks of work below what an index can count, so that rounding up to whole blocks
    /// never overflows.
    /// </summary>
    public const int MaxCount = int.MaxValue - (1 << 20);

    private readonly Axes _sizes;
    private readonly int _countBeyondOne; // kept, since every kernel asks; the default value is a scalar of one element

    /// <summary>Creates a shape from its axis sizes, outermost first; none for a scalar.</summary>
    /// <exception cref="ShapeException">
    /// More than <see cref="MaxRank"/> axes, a negative size, or more than <see cref="MaxCount"/> elements; also where another axis is
    /// empty, as rows are counted without the last one.
    /// </exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaxRank)
            throw new ShapeException($"Shape: {Counted.Of(sizes.Length, "axis", "axes")} given; at most {MaxRank} are supported.");
        Rank = sizes.Length;
        long count = 1, largest = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            int size = sizes[axis];
            _sizes[axis] = size;
            count *= size;
            largest *= Math.Max(1, size);
            if (size < 0 || largest > MaxCount)
                Refuse(sizes, axis);
        }
        _countBeyondOne = (int)count - 1;
    }

    /// <summary>The shape of a single number.</summary>
    public static Shape Scalar => default;

    /// <summary>The number of axes.</summary>
    public int Rank { get; }

    /// <summary>The number of elements: the product of all sizes, 1 for a scalar.</summary>
    public int Count => _countBeyondOne + 1;

    /// <summary>The size of the last axis, 1 for a scalar.</summary>
    public int Last => Rank == 0 ? 1 : _sizes[Rank - 1];

    /// <summary>The number of rows when all axes but the last are seen as one.</summary>
    public int Rows
    {
        get
        {
            int rows = 1;
            for (int axis = 0; axis < Rank - 1; axis++)
                rows *= _sizes[axis];
            return rows;
        }
    }

    /// <summary>The size of an axis; negative axes count from the end.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int this[int axis]
    {
        get
        {
            int index = axis < 0 ? axis + Rank : axis;
            if ((uint)index >= (uint)Rank)
                throw new ShapeException($"Shape: axis {axis} of {this} does not exist; it has {Counted.Of(Rank, "axis", "axes")}.");
            return _sizes[index];
        }
    }

    /// <summary>This shape with another size of the last axis.</summary>
    /// <exception cref="ShapeException">The shape is a scalar's.</exception>
    public Shape WithLast(int size) => With(-1, size);

    /// <summary>This shape with another size of an axis; negative axes count from the end.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public Shape With(int axis, int size)
    {
        _ = this[axis]; // refuses an axis that does not exist
        Span<int> sizes = stackalloc int[Rank];
        for (int i = 0; i < Rank; i++)
            sizes[i] = _sizes[i];
        sizes[axis < 0 ? axis + Rank : axis] = size;
        return new Shape(sizes);
    }

    /// <summary>This shape without its last axis.</summary>
    public Shape WithoutLast()
    {
        Span<int> sizes = stackalloc int[Math.Max(Rank - 1, 0)];
        for (int axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = _sizes[axis];
        return new Shape(sizes);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other)
    {
        if (Rank != other.Rank)
            return false;
        for (int axis = 0; axis < Rank; axis++)
        {
            if (_sizes[axis] != other._sizes[axis])
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rank, _sizes[0], _sizes[1], _sizes[2], _sizes[3]);

    /// <summary>The sizes in brackets: <c>[128, 8]</c>.</summary>
    public override string ToString()
    {
        var sizes = new int[Rank];
        for (int axis = 0; axis < Rank; axis++)
            sizes[axis] = _sizes[axis];
        return $"[{string.Join(", ", sizes)}]";
    }

    /// <summary>Whether two shapes have the same axes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    private static void Refuse(ReadOnlySpan<int> sizes, int axis)
    {
        if (sizes[axis] < 0)
            throw new ShapeException($"Shape: axis {axis} has size {sizes[axis]}; sizes must not be negative.");
        throw new ShapeException($"Shape: [{string.Join(", ", sizes.ToArray())}] has more than {MaxCount} elements; use smaller axes.")
        {
            IsTooLarge = true,
        };
    }

    [InlineArray(MaxRank)]
    private struct Axes
    {
        private int _first;
    }
}
