namespace ModularNetworks.Engine;

/// <summary>The step that runs on a tape: its temporaries and its record. One thread uses it, the one that began the step.</summary>
internal sealed class TapeStep
{
    private readonly Arena _arena = new();
    private readonly Recycler<Tensor> _tensors = new(() => new Tensor(), tensor => tensor.Release());
    private readonly Recycler<IndexTensor> _indices = new(() => new IndexTensor(), indices => indices.Release());
    private readonly Dictionary<Type, Recycler<Operation>> _operationsByType = [];
    private readonly List<Operation> _recorded = [];
    private int[] _keyCounts = [];

    /// <summary>The number of the step among all of the tape.</summary>
    public long Number { get; private set; }

    /// <summary>Whether operations are recorded for a backward pass.</summary>
    public bool IsRecording { get; set; }

    /// <summary>Whether the step had its backward pass.</summary>
    public bool WentBackward { get; set; }

    /// <summary>The gradient that the caller gave to the backward pass.</summary>
    public Tensor? GivenGradient { get; set; }

    /// <summary>The operations recorded, in the order they ran.</summary>
    public List<Operation> Recorded => _recorded;

    /// <summary>What was made of parameters alone, if the tape is frozen.</summary>
    public Dictionary<object, Tensor> OfParameters { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Memory held for temporaries, in bytes.</summary>
    public long ByteCount => _arena.ByteCount;

    /// <summary>Takes back everything that was handed out.</summary>
    public void Reset(long number, bool recording)
    {
        _recorded.Clear();
        _tensors.Reset();
        _indices.Reset();
        foreach (var recycler in _operationsByType.Values)
            recycler.Reset();
        _arena.Reset();
        (Number, IsRecording) = (number, recording);
        WentBackward = false;
        GivenGradient = null;
    }

    /// <summary>A tensor with unspecified content.</summary>
    public Tensor Rent(Shape shape, Precision precision)
    {
        var (buffer, offset) = _arena.Rent(Tensor.ByteCount(shape, precision));
        var tensor = _tensors.Next();
        tensor.Attach(buffer, offset, shape, precision);
        return tensor;
    }

    /// <summary>Indices with unspecified content.</summary>
    public IndexTensor RentIndices(Shape shape)
    {
        var (buffer, offset) = _arena.Rent(IndexTensor.ByteCount(shape));
        var indices = _indices.Next();
        indices.Attach(buffer, offset, shape);
        return indices;
    }

    /// <summary>Another shape for the same elements.</summary>
    public Tensor View(Tensor source, Shape shape)
    {
        var view = _tensors.Next();
        view.AttachView(source, shape);
        return view;
    }

    /// <summary>Adds an operation to the record.</summary>
    public TOperation Record<TOperation>(Tensor output)
        where TOperation : Operation, new()
    {
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

    /// <summary>Counters for the picks of each key. All are zero, and the caller leaves them so.</summary>
    public Span<int> KeyCounts(int keyCount)
    {
        if (_keyCounts.Length < keyCount)
            _keyCounts = SizedArray.Create<int>("RowGroups", keyCount);
        return _keyCounts.AsSpan(0, keyCount);
    }
}
