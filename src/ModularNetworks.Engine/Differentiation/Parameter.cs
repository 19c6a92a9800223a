using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>A named tensor that training adjusts.</summary>
public sealed class Parameter
{
    private readonly HashSet<int> _frozen = [];

    /// <summary>Creates a zero-filled parameter.</summary>
    /// <param name="name">A name unique within the model, such as <c>gates.weight</c>.</param>
    /// <param name="shape">The parameter's shape.</param>
    /// <param name="stacked">
    /// Whether the first axis is a stack of parts of which a mini-batch may use a few: then <see cref="TouchedRows"/> tells
    /// which parts have a gradient.
    /// </param>
    /// <exception cref="ShapeException">A stack has no first axis, or no parts.</exception>
    public Parameter(string name, Shape shape, bool stacked = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (stacked && (shape.Rank == 0 || shape[0] == 0))
            throw new ShapeException($"Parameter {name}: the shape is {shape}; a stack needs a first axis with at least one part.");
        Name = name;
        Value = WithGradient(Tensor.Allocate(shape), stacked ? new TouchedRows(shape[0]) : null);
    }

    /// <summary>The name, unique within a model.</summary>
    public string Name { get; }

    /// <summary>The current value. Always tracks a gradient.</summary>
    public Tensor Value { get; private set; }

    /// <summary>The gradient that backward passes add to, until an optimiser clears it.</summary>
    public Tensor Gradient => Value.Gradient!;

    /// <summary>The parts of the stack whose gradient may not be zero; null if the parameter is no stack.</summary>
    public TouchedRows? TouchedRows => Gradient.TouchedRows;

    /// <summary>Whether it is a table, of which a mini-batch picks some rows (<see cref="StructureOperations.Gather"/>).</summary>
    internal bool IsTable { get; init; }

    /// <summary>Whether it is this rank's part of a stack: other ranks have the others.</summary>
    internal bool IsShard { get; init; }

    /// <summary>The rows in which the gradient may not be zero: of a stack, and of a table where they are noted; null for all elements.</summary>
    internal TouchedRows? GradientRows => Gradient.TouchedRows ?? Gradient.TableRows;

    /// <summary>
    /// The number of parts in which the gradient lies that may not be zero: the touched rows, or one part of everything.
    /// </summary>
    internal int GradientParts => TouchedRows?.Count ?? 1;

    /// <summary>The parameter's shape.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>Whether optimisers leave the parameter as it is.</summary>
    internal bool IsFrozen { get; private set; }

    /// <summary>Whether optimisers leave parts of the stack as they are.</summary>
    internal bool HasFrozenRows => _frozen.Count > 0;

    /// <summary>Makes optimisers leave the parameter as it is, to the last bit, whatever its gradient.</summary>
    public void Freeze() => IsFrozen = true;

    /// <summary>Makes optimisers leave a part of the stack as it is, to the last bit, whatever its gradient.</summary>
    /// <param name="row">The part's place in the stack.</param>
    /// <exception cref="InvalidOperationException">The parameter is no stack.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public void Freeze(int row)
    {
        if (TouchedRows is null)
            throw new InvalidOperationException($"Parameter {Name}: only parts of a stack can be frozen. Create it with stacked: true.");
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Shape[0]);
        _frozen.Add(row);
    }

    /// <summary>Refuses parameters of which other ranks have other parts, where they are taken for the whole.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="user">Who needs the whole, for the message.</param>
    /// <param name="advice">What to do, in a sentence.</param>
    /// <exception cref="ArgumentException">There is one.</exception>
    internal static void RequireWhole(IReadOnlyList<Parameter> parameters, string user, string advice)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].IsShard)
                throw new ArgumentException($"{user}: of parameter {parameters[i].Name} each rank has a part only. {advice}", nameof(parameters));
        }
    }

    /// <summary>Changes the element type, keeping the value and clearing the gradient.</summary>
    public void ConvertTo(Precision precision)
    {
        if (precision == Value.Precision)
            return;
        var converted = Tensor.Allocate(Shape, precision);
        if (precision == Precision.Double)
            Copy(Value.As<float>(), converted.As<double>());
        else
            Copy(Value.As<double>(), converted.As<float>());
        TouchedRows?.Clear();
        Value = WithGradient(converted, TouchedRows);
    }

    /// <summary>Where a part of the gradient lies among its elements.</summary>
    internal Range GradientRange(int part)
    {
        if (TouchedRows is not { } touched)
            return Range.All;
        int size = Shape.Count / Shape[0], row = touched.Rows[part];
        return new Range(row * size, (row + 1) * size);
    }

    /// <summary>A part of the gradient.</summary>
    internal Span<T> GradientPart<T>(int part)
        where T : unmanaged => Gradient.As<T>()[GradientRange(part)];

    /// <summary>Whether all elements of the gradient are finite.</summary>
    internal bool HasFiniteGradient()
    {
        for (int part = 0; part < GradientParts; part++)
        {
            bool isFinite = Value.Precision == Precision.Single
                ? TensorPrimitives.IsFiniteAll<float>(GradientPart<float>(part))
                : TensorPrimitives.IsFiniteAll<double>(GradientPart<double>(part));
            if (!isFinite)
                return false;
        }
        return true;
    }

    /// <summary>Notes from now on to which rows of a table a gradient is added. The gradient must be zero.</summary>
    internal void NoteTableRows()
    {
        if (IsTable)
            Gradient.TableRows ??= new TouchedRows(Shape[0]);
    }

    /// <summary>Sets the gradient to zero.</summary>
    internal void ClearGradient()
    {
        for (int part = 0; part < GradientParts; part++)
        {
            if (Value.Precision == Precision.Single)
                GradientPart<float>(part).Clear();
            else
                GradientPart<double>(part).Clear();
        }
        ForgetRows();
    }

    /// <summary>Forgets which rows the gradient has, once it is zero.</summary>
    internal void ForgetRows()
    {
        Gradient.TouchedRows?.Clear();
        Gradient.TableRows?.Clear();
    }

    /// <summary>Sets the gradient of what is frozen to zero.</summary>
    internal void ClearFrozenGradient()
    {
        if (IsFrozen)
            ClearGradient();
        if (TouchedRows is not { } touched || _frozen.Count == 0)
            return;
        for (int part = touched.Count - 1; part >= 0; part--)
        {
            if (!_frozen.Contains(touched.Rows[part]))
                continue;
            if (Value.Precision == Precision.Single)
                GradientPart<float>(part).Clear();
            else
                GradientPart<double>(part).Clear();
            touched.RemoveAt(part);
        }
    }

    private static Tensor WithGradient(Tensor value, TouchedRows? touchedRows)
    {
        value.TracksGradient = true;
        value.Gradient = Tensor.Allocate(value.Shape, value.Precision);
        value.Gradient.TouchedRows = touchedRows;
        return value;
    }

    private static void Copy(ReadOnlySpan<float> source, Span<double> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = source[i];
    }

    private static void Copy(ReadOnlySpan<double> source, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = (float)source[i];
    }
}
