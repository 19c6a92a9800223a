using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>The objects of one call: one tape, its kernels and threads, and all numbers that arguments were made of.</summary>
internal sealed class World : IDisposable
{
    private const int GarbageElements = 1 << 14;

    private readonly List<object> _one = [];
    private readonly List<string> _files = [];
    private readonly List<Tensor> _tensors = [];
    private readonly List<IndexTensor> _indices = [];
    private readonly Choices _choices;
    private readonly Numbers _numbers;

    /// <summary>Makes them.</summary>
    /// <param name="key">Decides all of them.</param>
    /// <param name="garbage">What the memory of the tape holds: an answer must not depend on it.</param>
    public World(RandomKey key, float garbage)
    {
        _choices = new Choices(key);
        Sizes = new Sizes(_choices);
        _numbers = new Numbers(_choices, Sizes);
        Workers = new WorkerPool(_choices.OneIn(20) ? 2 : 1);
        Kernels = CreateKernels();
        Tape = new Tape(Kernels, isFrozen: _choices.OneIn(12));
        Soil(garbage);
        Tape.Reset(recording: !Tape.IsFrozen && !_choices.OneIn(3));
    }

    public Choices Choices => _choices;

    public Numbers Numbers => _numbers;

    public Sizes Sizes { get; }

    public WorkerPool Workers { get; }

    public Kernels Kernels { get; }

    public Tape Tape { get; }

    /// <summary>All tensors that arguments were made of.</summary>
    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>The object of a type of which a call has one.</summary>
    public T One<T>(Func<T> make)
        where T : class
    {
        if (_one.OfType<T>().FirstOrDefault() is not { } made)
            _one.Add(made = make());
        return made;
    }

    /// <summary>Whether the call has an object of a type already.</summary>
    public bool Has<T>() => _one.OfType<T>().Any();

    /// <summary>A tensor of the tape, of a parameter, or of its own.</summary>
    public Tensor Tensor(IReadOnlyList<string> shapes)
    {
        var tensor = Fill(Create(_numbers.Shape(shapes)));
        _tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Indices of the tape, or of their own.</summary>
    public IndexTensor Indices(IReadOnlyList<string> shapes)
    {
        var shape = _numbers.Shape(shapes);
        var indices = _choices.OneIn(2) ? Tape.RentIndices(shape) : IndexTensor.Allocate(shape);
        foreach (ref int index in indices.Values)
            index = _numbers.Index();
        _indices.Add(indices);
        return indices;
    }

    /// <summary>A parameter in the precision of the kernels.</summary>
    public Parameter Parameter(string name, Shape shape)
    {
        var parameter = new Parameter(name, shape, stacked: shape.Rank > 0 && _choices.OneIn(2));
        if (!_choices.Fault())
            parameter.ConvertTo(Kernels.Precision);
        _tensors.Add(Fill(parameter.Value));
        return parameter;
    }

    /// <summary>Brings parameters to the precision of the kernels, as a caller has to.</summary>
    public void Adopt(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            parameter.ConvertTo(Kernels.Precision);
            if (!_tensors.Contains(parameter.Value))
                _tensors.Add(parameter.Value);
        }
    }

    /// <summary>Now and then changes an index of an argument, as a caller may before the backward pass.</summary>
    public void ChangeIndices()
    {
        if (_choices.Fault() && _indices.FirstOrDefault(indices => indices.Shape.Count > 0) is { } indices)
            indices.Values[^1] = _choices.OneOf(100_000_000, -50_000_000, 1, -1);
    }

    /// <summary>A file that is there until the call has ended.</summary>
    /// <returns>Its path.</returns>
    public string File(string text = "")
    {
        // The same name in both calls: messages have it.
        string path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"modnet-attack-{Environment.ProcessId}-{_files.Count}"));
        _files.Add(path);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        foreach (var owned in _one.OfType<IDisposable>())
            owned.Dispose();
        Workers.Dispose();
        foreach (string file in _files)
            System.IO.File.Delete(file);
    }

    private Kernels CreateKernels() => _choices.Below(6) switch
    {
        0 => new PlainKernels<float>(Workers),
        1 or 2 => new PlainKernels<double>(Workers),
        3 => SimdKernels.Create(Workers, _choices.OneOf(4, 8)),
        _ => SimdKernels.Create(Workers),
    };

    private void Soil(float garbage)
    {
        var indices = Tape.RentIndices(new Shape(GarbageElements));
        indices.Values.Fill(BitConverter.SingleToInt32Bits(garbage));
    }

    private Tensor Create(Shape shape)
    {
        if (_choices.Fault())
            return Strange(shape);
        return _choices.Below(4) switch
        {
            0 => Tape.Rent(shape),
            1 => Engine.Tensor.Allocate(shape, Tape.Precision),
            _ => Parameter("parameter", shape).Value,
        };
    }

    /// <summary>A tensor in another precision, or one that was released.</summary>
    private Tensor Strange(Shape shape)
    {
        if (_choices.OneIn(2))
            return Engine.Tensor.Allocate(shape, Tape.Precision == Precision.Single ? Precision.Double : Precision.Single);
        var other = new Tape(Kernels);
        var released = other.Rent(shape);
        other.Reset(recording: false);
        return released;
    }

    private Tensor Fill(Tensor tensor)
    {
        if (tensor.Precision != Tape.Precision)
            return tensor;
        try
        {
            for (int i = 0; i < tensor.Shape.Count; i++)
                tensor[i] = _numbers.Element();
        }
        catch (InvalidOperationException)
        {
            // It was released.
        }
        return tensor;
    }
}
