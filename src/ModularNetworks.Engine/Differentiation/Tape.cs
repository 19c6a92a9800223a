namespace ModularNetworks.Engine;

/// <summary>
/// Records the operations of one step, so that gradients can be passed back through them, and owns the step's
/// temporaries. Used by one thread at a time.
/// </summary>
/// <remarks>
/// A step is: <see cref="Reset"/>, forward operations, <see cref="Backward(Tensor)"/>, optimiser. Everything a tape hands out
/// is taken back by the next reset.
/// </remarks>
public sealed class Tape
{
    private readonly Arena _arena = new();
    private readonly Recycler<Tensor> _tensors = new(() => new Tensor(), tensor => tensor.Release());
    private readonly Recycler<IndexTensor> _indices = new(() => new IndexTensor(), indices => indices.Release());
    private readonly Dictionary<Type, Recycler<Operation>> _operationsByType = [];
    private readonly List<Operation> _recorded = [];
    private readonly Dictionary<object, Tensor> _ofParameters = new(ReferenceEqualityComparer.Instance);
    private int[] _keyCounts = [];
    private bool _wentBackward;
    private Tensor? _givenGradient;

    /// <summary>Creates a tape whose operations run on the given kernels.</summary>
    /// <param name="kernels">The kernels that do the arithmetic.</param>
    /// <param name="isFrozen">See <see cref="IsFrozen"/>.</param>
    public Tape(Kernels kernels, bool isFrozen = false)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        Kernels = kernels;
        IsFrozen = isFrozen;
        IsRecording = !isFrozen;
    }

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
    public bool IsRecording { get; private set; }

    /// <summary>The operations recorded since the last reset, in the order they ran.</summary>
    internal IReadOnlyList<Operation> Recorded => _recorded;

    /// <summary>Memory held for temporaries, in bytes.</summary>
    public long ByteCount => _arena.ByteCount;

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
        _recorded.Clear();
        _tensors.Reset();
        _indices.Reset();
        foreach (var recycler in _operationsByType.Values)
            recycler.Reset();
        _arena.Reset();
        IsRecording = recording;
        _wentBackward = false;
        _givenGradient = null;
    }

    /// <summary>A tensor with unspecified content, until the next reset.</summary>
    public Tensor Rent(Shape shape)
    {
        var (buffer, offset) = _arena.Rent(Tensor.ByteCount(shape, Precision));
        var tensor = _tensors.Next();
        tensor.Attach(buffer, offset, shape, Precision);
        return tensor;
    }

    /// <summary>Indices with unspecified content, until the next reset.</summary>
    public IndexTensor RentIndices(Shape shape)
    {
        var (buffer, offset) = _arena.Rent(IndexTensor.ByteCount(shape));
        var indices = _indices.Next();
        indices.Attach(buffer, offset, shape);
        return indices;
    }

    /// <summary>A tensor with the given elements that needs no gradient, until the next reset.</summary>
    /// <exception cref="ShapeException">The number of values is not the shape's.</exception>
    public Tensor Constant(Shape shape, ReadOnlySpan<float> values)
    {
        if (values.Length != shape.Count)
            throw new ShapeException($"Constant: {values.Length} values given for shape {shape}, which has "
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
        var view = _tensors.Next();
        view.AttachView(source, shape);
        return view;
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
        if (!_ofParameters.TryGetValue(owner, out var kept))
        {
            var made = make(this);
            kept = Tensor.Allocate(made.Shape, made.Precision);
            made.CopyTo(kept);
            _ofParameters.Add(owner, kept);
        }
        return kept;
    }

    /// <summary>Whether an operation with this input has to be recorded.</summary>
    public bool Tracks(Tensor input) => IsRecording && input.TracksGradient;

    /// <summary>
    /// Adds an operation to the record and marks its output as needing a gradient. The caller sets the returned
    /// object's fields.
    /// </summary>
    public TOperation Record<TOperation>(Tensor output)
        where TOperation : Operation, new()
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!_operationsByType.TryGetValue(typeof(TOperation), out var recycler))
        {
            recycler = new Recycler<Operation>(() => new TOperation(), _ => { });
            _operationsByType.Add(typeof(TOperation), recycler);
        }
        var operation = (TOperation)recycler.Next();
        operation.Output = output;
        output.TracksGradient = true;
        _recorded.Add(operation);
        return operation;
    }

    /// <summary>The tensor to add a gradient to; zero-filled when it is asked for the first time.</summary>
    public Tensor GradientOf(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var gradient = tensor.Gradient ?? RentGradient(tensor);
        gradient.TouchedRows?.AddAll();
        return gradient;
    }

    /// <summary>
    /// The same for operations that can write a gradient as well as add to it, so that it need not be filled with zeros.
    /// </summary>
    /// <param name="tensor">What the gradient is of.</param>
    /// <param name="isNew">Whether it is asked for the first time; its content is then unspecified.</param>
    internal Tensor GradientOf(Tensor tensor, out bool isNew)
    {
        isNew = tensor.Gradient is null;
        var gradient = tensor.Gradient ??= Rent(tensor.Shape);
        gradient.TouchedRows?.AddAll();
        return gradient;
    }

    /// <summary>
    /// Makes an output's gradient the gradient of an input too, without a copy: for operations that pass their gradient on
    /// unchanged to one input alone.
    /// </summary>
    /// <returns>Whether it could be done: not if the input has a gradient to add to, or if the output's is the caller's.</returns>
    internal bool TryHandOver(Tensor outputGradient, Tensor input)
    {
        if (input.Gradient is not null || ReferenceEquals(outputGradient, _givenGradient))
            return false;
        input.Gradient = View(outputGradient, input.Shape);
        return true;
    }

    /// <summary>The tensor to add a gradient to that is zero for all but some entries of its first axis.</summary>
    /// <param name="tensor">A stack of parts: <c>[parts, ...]</c>.</param>
    /// <param name="groups">The groups whose keys are the parts that have a gradient.</param>
    public Tensor GradientOf(Tensor tensor, in RowGroups groups)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var gradient = tensor.Gradient ?? RentGradient(tensor);
        gradient.TouchedRows?.Add(groups.Keys.Values[..groups.Count]);
        return gradient;
    }

    /// <summary>Counters for the picks of each key. All are zero, and the caller leaves them so.</summary>
    internal Span<int> KeyCounts(int keyCount)
    {
        if (_keyCounts.Length < keyCount)
            _keyCounts = new int[keyCount];
        return _keyCounts.AsSpan(0, keyCount);
    }

    /// <summary>
    /// Adds the derivatives of <paramref name="loss"/> to the gradients of all parameters that it depends on
    /// (reverse-mode differentiation).
    /// </summary>
    /// <exception cref="ShapeException">The loss is not a single number.</exception>
    /// <exception cref="InvalidOperationException">
    /// The step is not recorded, the loss is not computed from a parameter on this tape, or this is the step's second
    /// backward pass.
    /// </exception>
    public void Backward(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Shape.Count != 1)
            throw new ShapeException($"Backward: the loss has shape {loss.Shape}; it must be a single number. Sum "
                + "or average it.");
        var one = Rent(loss.Shape);
        Kernels.Fill(one, 1);
        Backward(loss, one);
    }

    /// <summary>
    /// Adds the derivatives of a loss that was computed elsewhere, given what it has with respect to
    /// <paramref name="output"/>, to the gradients of all parameters that the output depends on.
    /// </summary>
    /// <param name="output">A result of this tape.</param>
    /// <param name="gradient">The loss's derivatives with respect to the output, of its shape.</param>
    /// <exception cref="ShapeException">The two shapes differ.</exception>
    /// <exception cref="InvalidOperationException">
    /// The step is not recorded, the output is not computed from a parameter on this tape, or this is the step's second
    /// backward pass.
    /// </exception>
    public void Backward(Tensor output, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(gradient);
        if (gradient.Shape != output.Shape)
            throw new ShapeException($"Backward: the gradient has shape {gradient.Shape}, the output {output.Shape}; they must agree.");
        int last = LastRecorded(output);
        _wentBackward = true;
        output.Gradient = gradient;
        _givenGradient = gradient;
        for (int i = last; i >= 0; i--)
        {
            // A result that the loss does not depend on has no gradient to pass on.
            if (_recorded[i].Output.Gradient is not null)
                _recorded[i].Backward(this);
        }
    }

    /// <summary>The number of the operation that made an output from which a backward pass can begin.</summary>
    private int LastRecorded(Tensor output)
    {
        int last = _recorded.Count - 1;
        while (last >= 0 && !ReferenceEquals(_recorded[last].Output, output))
            last--;
        if (last < 0)
        {
            throw new InvalidOperationException(
                "Backward: the loss was not computed from a parameter on this tape, or the tape was reset with "
                + "recording off.");
        }
        if (_wentBackward)
        {
            throw new InvalidOperationException(
                "Backward: this step already had a backward pass, whose gradients would be counted again. Add the "
                + "losses, or Reset the tape first.");
        }
        return last;
    }

    private Tensor RentGradient(Tensor tensor)
    {
        tensor.Gradient = Rent(tensor.Shape);
        Kernels.Clear(tensor.Gradient);
        return tensor.Gradient;
    }
}
