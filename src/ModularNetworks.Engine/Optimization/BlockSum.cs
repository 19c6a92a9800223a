using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>
/// The sum of the gradients of some blocks of a mini-batch. Of stacks and tables it has the rows that a block touched; one that a single
/// block touched is as that block left it.
/// </summary>
internal sealed class BlockSum
{
    // Elements that are set to zero while the cache still has them.
    private const int InCache = 2048;

    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly float[][] _values;
    private readonly TouchedRows?[] _rows;
    private bool _isEmpty = true;

    /// <summary>Allocates an empty sum.</summary>
    /// <exception cref="ArgumentException">A parameter is not in single precision.</exception>
    public BlockSum(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.FirstOrDefault(parameter => parameter.Value.Precision != Precision.Single) is { } other)
            throw new ArgumentException($"Blocks of a mini-batch: parameter {other.Name} is in {other.Value.Precision} precision; gradients are added up in single precision.");
        _parameters = parameters;
        _values = [.. parameters.Select(parameter => new float[parameter.Shape.Count])];
        _rows = [.. parameters.Select(parameter => parameter.GradientRows is null ? null : new TouchedRows(parameter.Shape[0]))];
    }

    /// <summary>The elements of a parameter's sum.</summary>
    public ReadOnlySpan<float> Values(int parameter) => _values[parameter];

    /// <summary>The rows that a parameter's sum has; null for all elements.</summary>
    public TouchedRows? Rows(int parameter) => _rows[parameter];

    /// <summary>Adds the gradients of the parameters, and clears them.</summary>
    public void Take()
    {
        for (int i = 0; i < _values.Length; i++)
            Add(i, _parameters[i].Gradient.Values, _parameters[i].GradientRows, clears: true);
        foreach (var parameter in _parameters)
            parameter.ForgetRows();
        _isEmpty = false;
    }

    /// <summary>Adds another sum, and clears that.</summary>
    public void Take(BlockSum other)
    {
        for (int i = 0; i < _values.Length; i++)
            Add(i, other._values[i], other._rows[i], clears: false);
        _isEmpty = false;
        other.Clear();
    }

    /// <summary>Makes this sum empty.</summary>
    public void Clear()
    {
        foreach (var rows in _rows)
            rows?.Clear();
        _isEmpty = true;
    }

    /// <summary>Adds numbers of a parameter, and sets them to zero where that is asked for.</summary>
    private void Add(int parameter, Span<float> values, TouchedRows? added, bool clears)
    {
        if (_rows[parameter] is not { } rows)
        {
            Add(values, _values[parameter], isFirst: _isEmpty, clears);
            return;
        }
        int size = values.Length / _parameters[parameter].Shape[0];
        foreach (int row in added!.Rows)
        {
            Add(values.Slice(row * size, size), _values[parameter].AsSpan(row * size, size), isFirst: !rows.Contains(row), clears);
            rows.Add(row);
        }
    }

    private static void Add(Span<float> values, Span<float> sum, bool isFirst, bool clears)
    {
        for (int start = 0; start < values.Length; start += InCache)
        {
            int length = Math.Min(InCache, values.Length - start);
            var part = values.Slice(start, length);
            var target = sum.Slice(start, length);
            if (isFirst)
                part.CopyTo(target);
            else
                TensorPrimitives.Add(target, part, target);
            if (clears)
                part.Clear();
        }
    }
}
