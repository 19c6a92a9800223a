namespace ModularNetworks.Engine;

/// <summary>
/// A rectangular window of a tensor's elements: what kernels work on. Rows are <see cref="Stride"/> elements apart.
/// </summary>
internal readonly struct Matrix
{
    /// <summary>Creates a window that starts at an element offset.</summary>
    /// <exception cref="ShapeException">The window reaches outside the tensor.</exception>
    public Matrix(Tensor tensor, int offset, int rows, int columns, int stride)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        long end = rows == 0 ? offset : offset + ((long)(rows - 1) * stride) + columns;
        if (offset < 0 || rows < 0 || columns < 0 || stride < columns || end > tensor.Shape.Count)
        {
            throw new ShapeException(
                $"Matrix: {rows} x {columns} elements at offset {offset}, stride {stride}, do not lie within {tensor.Shape}.");
        }
        Tensor = tensor;
        Offset = offset;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>The tensor the window lies in.</summary>
    public Tensor Tensor { get; }

    /// <summary>Where the window starts, in elements.</summary>
    public int Offset { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The distance between the starts of two rows, in elements.</summary>
    public int Stride { get; }

    /// <summary>The address of the first element, for kernels that stay within rows and columns.</summary>
    internal unsafe float* Pointer => Tensor.PointerTo(Rows == 0 ? Offset : Offset + ((long)(Rows - 1) * Stride) + Columns) + Offset;

    /// <summary>One element.</summary>
    /// <typeparam name="T">The tensor's element type.</typeparam>
    /// <param name="row">From 0 to <see cref="Rows"/> - 1; unchecked.</param>
    /// <param name="column">From 0 to <see cref="Columns"/> - 1; unchecked.</param>
    /// <exception cref="InvalidOperationException">The tensor has another element type, or was released.</exception>
    public ref T At<T>(int row, int column)
        where T : unmanaged => ref Tensor.As<T>()[Offset + (row * Stride) + column];

    /// <summary>A whole tensor as <c>[rows, last axis]</c>.</summary>
    public static Matrix Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new Matrix(tensor, 0, tensor.Shape.Rows, tensor.Shape.Last, tensor.Shape.Last);
    }

    /// <summary>Some consecutive rows of this window.</summary>
    /// <exception cref="ShapeException">There are no such rows.</exception>
    public Matrix RowRange(int start, int count)
    {
        RequireRange("rows", start, count, Rows);
        return new Matrix(Tensor, Offset + (start * Stride), count, Columns, Stride);
    }

    /// <summary>Some consecutive columns of this window.</summary>
    /// <exception cref="ShapeException">There are no such columns.</exception>
    public Matrix ColumnRange(int start, int count)
    {
        RequireRange("columns", start, count, Columns);
        return new Matrix(Tensor, Offset + start, Rows, count, Stride);
    }

    /// <summary>Rows and columns, for messages.</summary>
    public override string ToString() => $"[{Rows}, {Columns}]";

    private void RequireRange(string name, int start, int count, int size)
    {
        if (start < 0 || count < 0 || count > size - start)
            throw new ShapeException($"Matrix: {count} {name} from {start} are wanted; the matrix is {this}.");
    }
}
