using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Vectors with their targets, either classes or numbers, as datapoints of a <see cref="ModularMlp"/>.</summary>
public sealed class VectorSet : ITrainingSet<VectorBatch>
{
    private readonly int[]? _classes;
    private readonly float[]? _numbers;
    private readonly int[]? _inputKeys;
    private VectorBatch? _batch;

    private VectorSet(VectorRows inputs, int[]? classes, float[]? numbers, int[]? inputKeys)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        int targets = classes?.Length ?? numbers!.Length;
        if (targets != inputs.Count || (inputKeys is not null && inputKeys.Length != inputs.Count))
            throw new ArgumentException($"VectorSet: there are {Counted.Of(inputs.Count, "vector")} and {targets} targets; each vector needs one, and an input key if any has one.");
        (Inputs, _classes, _numbers, _inputKeys) = (inputs, classes, numbers, inputKeys);
    }

    /// <summary>The vectors.</summary>
    public VectorRows Inputs { get; }

    /// <inheritdoc/>
    public int Count => Inputs.Count;

    /// <summary>Whether targets are classes.</summary>
    public bool HasClasses => _classes is not null;

    /// <summary>Vectors whose targets are classes.</summary>
    /// <param name="inputs">The vectors.</param>
    /// <param name="classes">The number of each vector's class, <c>[vectors]</c>.</param>
    /// <param name="inputKeys">The number of the task or cluster that each vector shows, <c>[vectors]</c>; null if vectors show nothing.</param>
    /// <exception cref="ArgumentException">There is not a class for each vector.</exception>
    public static VectorSet OfClasses(VectorRows inputs, ReadOnlySpan<int> classes, int[]? inputKeys = null) => new(inputs, classes.ToArray(), null, inputKeys);

    /// <summary>Vectors whose targets are numbers.</summary>
    /// <param name="inputs">The vectors.</param>
    /// <param name="numbers">The number that belongs to each vector, <c>[vectors]</c>.</param>
    /// <param name="inputKeys">The number of the task or cluster that each vector shows, <c>[vectors]</c>; null if vectors show nothing.</param>
    /// <exception cref="ArgumentException">There is not a number for each vector.</exception>
    public static VectorSet OfNumbers(VectorRows inputs, ReadOnlySpan<float> numbers, int[]? inputKeys = null) => new(inputs, null, numbers.ToArray(), inputKeys);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no datapoint of a number.</exception>
    public VectorBatch Load(ReadOnlySpan<int> datapoints)
    {
        if (_batch is null || _batch.Inputs.Shape[0] != datapoints.Length)
            _batch = Allocate(datapoints.Length);
        int features = Inputs.Features;
        for (int row = 0; row < datapoints.Length; row++)
        {
            int point = datapoints[row];
            if ((uint)point >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(datapoints), $"VectorSet: datapoint {point} is wanted; there are 0 to {Count - 1}.");
            Inputs.CopyTo(point, _batch.Inputs.Values.Slice(row * features, features));
            if (_inputKeys is not null)
                _batch.InputKeys!.Values[row] = _inputKeys[point];
            if (_classes is not null)
                _batch.Classes!.Values[row] = _classes[point];
            else
                _batch.Targets!.Values[row] = _numbers![point];
        }
        return _batch;
    }

    private VectorBatch Allocate(int rows) => new(
        Tensor.Allocate(new Shape(rows, Inputs.Features)),
        HasClasses ? IndexTensor.Allocate(new Shape(rows)) : null,
        HasClasses ? null : Tensor.Allocate(new Shape(rows, 1)),
        _inputKeys is null ? null : IndexTensor.Allocate(new Shape(rows)));
}
