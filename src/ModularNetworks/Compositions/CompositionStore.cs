using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The best composition found so far, a*, of every datapoint of the training set: one byte a pick, or two where a layer
/// has more than 256 modules.
/// </summary>
public sealed class CompositionStore
{
    private const int LargestByteModules = 256;

    private readonly byte[] _data;
    private readonly int _bytesPerPick;

    /// <summary>
    /// Draws a composition for every datapoint, uniformly from all (Algorithm 1, "Initialize"); where modules have families,
    /// from those whose choices are in theirs.
    /// </summary>
    /// <param name="layout">How a composition is laid out.</param>
    /// <param name="count">N, the number of datapoints.</param>
    /// <param name="key">Decides the draw.</param>
    /// <exception cref="ArgumentException">A layer has more than 65,536 modules.</exception>
    /// <exception cref="ShapeException">There are more picks than an array can hold.</exception>
    public CompositionStore(CompositionLayout layout, int count, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int largest = layout.Layers.Max(layer => layer.Modules);
        if (largest > ushort.MaxValue + 1)
            throw new ArgumentException($"CompositionStore: a layer has {largest} modules; at most 65,536 can be stored.");
        Layout = layout;
        Count = count;
        _bytesPerPick = largest <= LargestByteModules ? 1 : 2;
        _data = SizedArray.Create<byte>("CompositionStore", Sizes.Product("CompositionStore", Sizes.Product("CompositionStore", count, layout.Length), _bytesPerPick));
        for (int n = 0; n < count; n++)
        {
            int pick = 0;
            foreach (var layer in layout.Layers)
            {
                for (int i = 0; i < layer.Length; i++, pick++)
                {
                    int choice = i % layer.Picks, members = layer.Families.MembersFor(choice, layer.Modules);
                    int member = key.Below((ulong)(((long)n * layout.Length) + pick), members);
                    this[n, pick] = layer.Families.MemberFor(choice, member);
                }
            }
        }
    }

    /// <summary>How a composition is laid out.</summary>
    public CompositionLayout Layout { get; }

    /// <summary>N, the number of datapoints.</summary>
    public int Count { get; }

    /// <summary>The whole content, for checkpoints: datapoint by datapoint, little-endian.</summary>
    public ReadOnlySpan<byte> Bytes => _data;

    /// <summary>One pick of one datapoint: the number of a module.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such datapoint, pick or module.</exception>
    public int this[int datapoint, int pick]
    {
        get => ModuleAt(_data, Place(datapoint, pick));
        set
        {
            int at = Place(datapoint, pick);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)value, (uint)Layout.ModulesOf(pick), nameof(value));
            _data[at] = (byte)value;
            if (_bytesPerPick == 2)
                _data[at + 1] = (byte)(value >> 8);
        }
    }

    /// <summary>Replaces the composition of a datapoint.</summary>
    /// <param name="datapoint">The number of the datapoint.</param>
    /// <param name="picks">The modules, <c>[picks]</c>.</param>
    /// <exception cref="ShapeException">There is another number of modules than the layout has picks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such datapoint, or a module does not exist.</exception>
    public void Store(int datapoint, ReadOnlySpan<int> picks)
    {
        RequirePicks(picks.Length, datapoints: 1);
        for (int pick = 0; pick < Layout.Length; pick++)
            this[datapoint, pick] = picks[pick];
    }

    /// <summary>Replaces the whole content.</summary>
    /// <param name="bytes">What <see cref="Bytes"/> was.</param>
    /// <exception cref="ArgumentException">
    /// It is the content of a store of another size, or names a module that does not exist; nothing is changed.
    /// </exception>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != _data.Length)
            throw new ArgumentException($"CompositionStore: {bytes.Length} bytes are given; the store has {_data.Length}.");
        for (int place = 0; place < bytes.Length; place += _bytesPerPick)
        {
            var (datapoint, pick) = Math.DivRem(place / _bytesPerPick, Layout.Length);
            int module = ModuleAt(bytes, place), modules = Layout.ModulesOf(pick);
            if (module >= modules)
            {
                throw new ArgumentException(
                    $"CompositionStore: datapoint {datapoint} selects module {module} at place {pick}; the modules there are 0 to {modules - 1}.");
            }
        }
        bytes.CopyTo(_data);
    }

    /// <summary>The compositions of some datapoints, until the tape's next reset.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <returns><c>[batch, picks]</c>.</returns>
    public IndexTensor Load(Tape tape, ReadOnlySpan<int> datapoints)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var compositions = tape.RentIndices(new Shape(datapoints.Length, Layout.Length));
        CopyTo(compositions.Values, datapoints);
        return compositions;
    }

    /// <summary>Copies the compositions of some datapoints.</summary>
    /// <param name="picks">Receives them, <c>[batch, picks]</c>.</param>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    /// <exception cref="ShapeException">There is not room for exactly these compositions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such datapoint.</exception>
    public void CopyTo(Span<int> picks, ReadOnlySpan<int> datapoints)
    {
        RequirePicks(picks.Length, datapoints.Length);
        int length = Layout.Length;
        for (int n = 0; n < datapoints.Length; n++)
        {
            for (int pick = 0; pick < length; pick++)
                picks[(n * length) + pick] = this[datapoints[n], pick];
        }
    }

    private void RequirePicks(int found, int datapoints)
    {
        if (found != (long)datapoints * Layout.Length)
            throw new ShapeException($"CompositionStore: {found} picks are given for {Counted.Of(datapoints, "datapoint")}; each has {Layout.Length}.");
    }

    private int ModuleAt(ReadOnlySpan<byte> bytes, int at) => _bytesPerPick == 1 ? bytes[at] : bytes[at] | (bytes[at + 1] << 8);

    private int Place(int datapoint, int pick)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)datapoint, (uint)Count, nameof(datapoint));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)pick, (uint)Layout.Length, nameof(pick));
        return ((datapoint * Layout.Length) + pick) * _bytesPerPick;
    }
}
