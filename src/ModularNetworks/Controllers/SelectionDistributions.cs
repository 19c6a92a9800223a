using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The distributions that <see cref="SelectionLogits"/> stand for, normalised once for drawing modules and for their
/// log-probabilities.
/// </summary>
/// <param name="branches">
/// Over all modules, <c>[rows, K, modules]</c>, or over a level's branches, <c>[rows, K, levels, branches]</c>.
/// </param>
internal readonly struct SelectionDistributions(CategoricalRows branches)
{
    private bool HasLevels => branches.Logits.Shape.Rank == 4;

    private int Branches => branches.Logits.Shape.Last;

    /// <summary>The modules at the ends of branches <c>[rows, K, levels]</c>: <c>[rows, K]</c>.</summary>
    public static IndexTensor Join(Tape tape, IndexTensor taken, int branches)
    {
        var modules = tape.RentIndices(taken.Shape.WithoutLast());
        int levels = taken.Shape.Last;
        Span<int> sources = taken.Values, targets = modules.Values;
        for (int choice = 0; choice < targets.Length; choice++)
        {
            int module = 0;
            foreach (int branch in sources.Slice(choice * levels, levels))
                module = (module * branches) + branch;
            targets[choice] = module;
        }
        return modules;
    }

    /// <summary>These distributions for several choices each, see <see cref="CategoricalRows.Repeat"/>.</summary>
    public SelectionDistributions Repeat(int copies) => new(branches.Repeat(copies));

    /// <summary>Draws the modules of each choice, <c>[rows, K]</c>.</summary>
    public IndexTensor Sample(Tape tape, RandomKey key)
    {
        var taken = tape.SampleCategorical(branches, key);
        return HasLevels ? Join(tape, taken, Branches) : taken;
    }

    /// <summary>log p(a|x, φ) of each choice, <c>[rows, K]</c> in nats.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="selection">The modules, <c>[rows, K]</c>.</param>
    public Tensor LogProbability(Tape tape, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return HasLevels
            ? tape.SumLast(tape.CategoricalLogProbability(branches, Split(tape, selection)))
            : tape.CategoricalLogProbability(branches, selection);
    }

    /// <summary>The branches that lead to modules, <c>[rows, K, levels]</c>.</summary>
    private IndexTensor Split(Tape tape, IndexTensor selection)
    {
        int levels = branches.Logits.Shape[2];
        var taken = tape.RentIndices(new Shape(selection.Shape[0], selection.Shape[1], levels));
        Span<int> modules = selection.Values, targets = taken.Values;
        for (int choice = 0; choice < modules.Length; choice++)
        {
            int module = modules[choice];
            var path = targets.Slice(choice * levels, levels);
            for (int level = levels - 1; level > 0; level--)
                (module, path[level]) = Math.DivRem(module, Branches);
            // What is left of a module that does not exist is no branch.
            if (modules[choice] < 0 || module >= Branches)
                throw new ShapeException($"LogProbability: module {modules[choice]} is selected; {levels} levels of {Branches} branches do not lead there.");
            path[0] = module;
        }
        return taken;
    }
}
