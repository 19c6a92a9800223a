using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// What a <see cref="ModularModel"/> answers: outputs, and the modules that computed them, for one datapoint or for a batch. An answer can be given to
/// many predictions, one after the other: nothing is allocated then, and each takes the place of the one before.
/// </summary>
public sealed class ModelAnswer
{
    private CompositionLayout? _layout;
    private float[] _output = [];
    private int[] _picks = [];
    private int _outputs;
    private BusyFlag _busy;

    /// <summary>The number of datapoints; 0 before the first prediction.</summary>
    public int Rows { get; private set; }

    /// <summary>The outputs: <c>[outputs]</c> of one datapoint, <c>[rows, outputs]</c> of a batch.</summary>
    public ReadOnlySpan<float> Output => _output.AsSpan(0, Rows * _outputs);

    /// <summary>The modules that computed the output of the datapoint, of a batch that of its first one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing was predicted yet.</exception>
    public Composition Composition => CompositionOf(0);

    /// <summary>The output of one datapoint of a batch, <c>[outputs]</c>.</summary>
    /// <param name="row">The datapoint, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such datapoint.</exception>
    public ReadOnlySpan<float> OutputOf(int row) => _output.AsSpan(InRange(row) * _outputs, _outputs);

    /// <summary>The modules that computed the output of one datapoint of a batch.</summary>
    /// <param name="row">The datapoint, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such datapoint.</exception>
    public Composition CompositionOf(int row) => new(_layout!, _picks.AsSpan(InRange(row) * _layout!.Length, _layout.Length));

    /// <summary>Begins a prediction into this answer; <see cref="End"/> must follow.</summary>
    /// <exception cref="InvalidOperationException">Another thread predicts into it.</exception>
    internal void Begin() => _busy.Enter(nameof(ModelAnswer));

    /// <summary>Ends the prediction.</summary>
    internal void End() => _busy.Leave();

    /// <summary>Takes over what a run of the network computed.</summary>
    /// <exception cref="ShapeException">There is not an output for each datapoint.</exception>
    internal void Take(CompositionLayout layout, Tensor output, SelectionTrace trace, int rows)
    {
        var (outputs, rest) = Math.DivRem(output.Shape.Count, rows);
        if (rest != 0)
            throw new ShapeException($"ModularModel: the network's output has shape {output.Shape} for {Counted.Of(rows, "datapoint")}; it must be [{rows}, outputs].");
        Grow(ref _output, output.Shape.Count);
        Grow(ref _picks, rows * layout.Length);
        (_layout, Rows, _outputs) = (layout, rows, outputs);
        output.Values.CopyTo(_output);
        for (int row = 0; row < rows; row++)
            trace.CopyComposition(row, _picks.AsSpan(row * layout.Length, layout.Length));
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            array = new T[length];
    }

    private int InRange(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return row;
    }
}
