using System.Buffers;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A pool of modules of any kind: each is a layer that maps <c>[rows, inputs]</c> to <c>[rows, outputs]</c>. Rows are
/// sorted by module, and every used module runs once, on its own rows.
/// </summary>
public sealed class LayerModules : ModulePool
{
    private readonly IReadOnlyList<Layer> _modules;

    /// <summary>Creates the pool.</summary>
    /// <param name="modules">At least one module; all must have the same input and output size.</param>
    /// <exception cref="ArgumentException">No module is given.</exception>
    public LayerModules(params IReadOnlyList<Layer> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        if (modules.Count == 0)
            throw new ArgumentException("LayerModules: a pool needs at least one module.");
        _modules = modules;
        Parameters = [.. modules.SelectMany(module => module.Parameters)];
    }

    /// <inheritdoc/>
    public override int Modules => _modules.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(selection);
        var groups = RowGroups.Sort(tape, selection, Modules);
        var outputs = ArrayPool<Tensor>.Shared.Rent(groups.Count);
        for (int group = 0; group < groups.Count; group++)
            outputs[group] = _modules[groups.Keys.Values[group]].Forward(tape, RowsOf(tape, input, groups, group));
        var sorted = tape.ConcatenateRows(outputs.AsSpan(0, groups.Count));
        ArrayPool<Tensor>.Shared.Return(outputs, clearArray: true);
        var unsorted = tape.Gather(sorted, PlaceOfPicks(tape, groups));
        return tape.Reshape(unsorted, new Shape(selection.Shape[0], selection.Shape[1], sorted.Shape.Last));
    }

    /// <summary>The input rows that picked the module of one group.</summary>
    private static Tensor RowsOf(Tape tape, Tensor input, in RowGroups groups, int group)
    {
        int start = groups.Starts.Values[group], end = groups.Starts.Values[group + 1];
        var rows = tape.RentIndices(new Shape(end - start));
        for (int i = start; i < end; i++)
            rows.Values[i - start] = groups.Picks.Values[i] / groups.PicksPerRow;
        return tape.Gather(input, rows);
    }

    /// <summary>Where each pick's output lies among the outputs sorted by module.</summary>
    private static IndexTensor PlaceOfPicks(Tape tape, in RowGroups groups)
    {
        var places = tape.RentIndices(groups.Picks.Shape);
        for (int place = 0; place < places.Values.Length; place++)
            places.Values[groups.Picks.Values[place]] = place;
        return places;
    }
}
