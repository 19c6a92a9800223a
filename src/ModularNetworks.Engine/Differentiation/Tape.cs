namespace ModularNetworks.Engine;

/// <summary>
/// Records the operations of one step, so that gradients can be passed back through them, and owns the step's
/// temporaries. Serves one thread at a time: a step belongs to the thread that began it.
/// </summary>
/// <remarks>
/// A step is: <see cref="Reset"/>, forward operations, <see cref="Backward(Tensor)"/>, optimiser. Everything a tape hands out
/// is taken back by the next reset. If another thread resets the tape meanwhile, the step is over: what was handed out stays as it is, and
/// further operations of the first thread throw <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed partial class Tape
{
    private readonly OfOneThread<TapeStep> _step;
    private long _steps;

    /// <summary>Creates a tape whose operations run on the given kernels.</summary>
    /// <param name="kernels">The kernels that do the arithmetic.</param>
    /// <param name="isFrozen">See <see cref="IsFrozen"/>.</param>
    public Tape(Kernels kernels, bool isFrozen = false)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        Kernels = kernels;
        IsFrozen = isFrozen;
        _step = new OfOneThread<TapeStep>(nameof(Tape), () => new TapeStep { IsRecording = !IsFrozen });
    }

    /// <summary>A frozen tape of an object that uses it alone, on kernels of its own, and lets one thread at a time into it.</summary>
    internal static Tape OfOwner(Kernels kernels)
    {
        var tape = new Tape(kernels, isFrozen: true) { IsOwned = true };
        tape._step.LeaveToOwner();
        return tape;
    }

    /// <summary>Whether the object that has the tape lets one thread at a time into it.</summary>
    internal bool IsOwned { get; private init; }

    /// <summary>The kernels that do the arithmetic.</summary>
    public Kernels Kernels { get; }

    /// <summary>The element type of every tensor this tape hands out.</summary>
    public Precision Precision => Kernels.Precision;

    /// <summary>
    /// Whether parameters keep their values for as long as the tape is used, as in prediction. What is made of parameters
    /// alone is then made once and not in every step (<see cref="OfParameters"/>), and nothing is recorded.
    /// </summary>
    public bool IsFrozen { get; }

    /// <summary>Whether operations are recorded for a backward pass.</summary>
    public bool IsRecording => _step.Latest.IsRecording;

    /// <summary>The number of the step: what was made in another one is not valid any more.</summary>
    internal long StepNumber => _step.Current.Number;

    /// <summary>The operations recorded since the last reset, in the order they ran.</summary>
    internal IReadOnlyList<Operation> Recorded => _step.Current.Recorded;

    /// <summary>Memory held for temporaries, in bytes.</summary>
    public long ByteCount => _step.Current.ByteCount;

    /// <summary>Starts a new step: everything handed out before is taken back.</summary>
    /// <param name="recording">Whether the step needs gradients.</param>
    /// <exception cref="InvalidOperationException">Gradients are wanted of a frozen tape.</exception>
    public void Reset(bool recording)
    {
        if (recording && IsFrozen)
        {
            throw new InvalidOperationException(
                "Reset: the tape is frozen, and recording is asked for; its parameters must not change. Train with another tape.");
        }
        _step.Begin().Reset(Interlocked.Increment(ref _steps), recording);
    }

    /// <summary>Ends a step of which nothing is used any more: another thread can begin the next one in the same memory.</summary>
    internal void Release() => _step.Release();

    /// <summary>A tensor with unspecified content, until the next reset.</summary>
    public Tensor Rent(Shape shape) => _step.Current.Rent(shape, Precision);

    /// <summary>Indices with unspecified content, until the next reset.</summary>
    public IndexTensor RentIndices(Shape shape) => _step.Current.RentIndices(shape);

    /// <summary>A copy of indices until the next reset, which nobody else can change before the backward pass.</summary>
    internal IndexTensor Keep(IndexTensor indices)
    {
        var kept = RentIndices(indices.Shape);
        indices.Values.CopyTo(kept.Values);
        return kept;
    }

    /// <summary>A tensor with the given elements that needs no gradient, until the next reset.</summary>
    /// <exception cref="ShapeException">The number of values is not the shape's.</exception>
    public Tensor Constant(Shape shape, ReadOnlySpan<float> values)
    {
        if (values.Length != shape.Count)
            throw new ShapeException($"Constant: {Counted.Of(values.Length, "value")} given for shape {shape}, which has "
                + $"{shape.Count}.");
        var tensor = Rent(shape);
        if (Precision == Precision.Single)
        {
            values.CopyTo(tensor.Values);
            return tensor;
        }
        var target = tensor.As<double>();
        for (int i = 0; i < values.Length; i++)
            target[i] = values[i];
        return tensor;
    }

    /// <summary>Another shape for the same elements, without a copy and without a gradient.</summary>
    public Tensor View(Tensor source, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (shape.Count != source.Shape.Count)
            throw new ShapeException($"View: {source.Shape} cannot be seen as {shape}; the number of elements "
                + "must stay.");
        return _step.Current.View(source, shape);
    }

    /// <summary>A tensor that is made of parameters alone: in every step anew, or once if the tape is frozen.</summary>
    /// <param name="owner">The object that the tensor belongs to, the same one in every step.</param>
    /// <param name="make">Makes the tensor; a delegate that is kept, so that nothing is allocated.</param>
    public Tensor OfParameters(object owner, Func<Tape, Tensor> make)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(make);
        if (!IsFrozen)
            return make(this);
        var made = _step.Current.OfParameters;
        if (!made.TryGetValue(owner, out var kept))
        {
            var temporary = make(this);
            kept = Tensor.Allocate(temporary.Shape, temporary.Precision);
            temporary.CopyTo(kept);
            made.Add(owner, kept);
        }
        return kept;
    }

    /// <summary>Whether an operation with this input has to be recorded.</summary>
    public bool Tracks(Tensor input) => input.TracksGradient && IsRecording;

    /// <summary>
    /// Adds an operation to the record and marks its output as needing a gradient. The caller sets the returned
    /// object's fields.
    /// </summary>
    public TOperation Record<TOperation>(Tensor output)
        where TOperation : Operation, new()
    {
        ArgumentNullException.ThrowIfNull(output);
        return _step.Current.Record<TOperation>(output);
    }

    /// <summary>Counters for the picks of each key. All are zero, and the caller leaves them so.</summary>
    internal Span<int> KeyCounts(int keyCount) => _step.Current.KeyCounts(keyCount);
}
