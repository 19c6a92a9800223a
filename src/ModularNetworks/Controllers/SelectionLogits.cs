using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The unnormalised log-probabilities of a layer's K choices, for every row: of all M modules, or of the branches at every
/// level of a <see cref="MultiLevelController"/>. A module's number has the branches as its digits, the first level's first, and
/// its probability is the product of theirs: p(a = m|x) = Π p(branch of m at level l|x).
/// </summary>
public readonly struct SelectionLogits
{
    private readonly Tensor _logits;

    /// <summary>One categorical distribution for each choice, or one for each choice and level.</summary>
    /// <param name="logits"><c>[rows, K, modules]</c>, or <c>[rows, K, levels, branches]</c>.</param>
    /// <exception cref="ShapeException">There are fewer or more axes.</exception>
    public SelectionLogits(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.Shape.Rank is not (3 or 4))
        {
            throw new ShapeException(
                $"SelectionLogits: the logits have shape {logits.Shape}; it must be [rows, K, modules] or [rows, K, levels, branches].");
        }
        _logits = logits;
    }

    /// <summary>The number of rows.</summary>
    /// <exception cref="InvalidOperationException">These are no logits, but the default value.</exception>
    public int Rows => (_logits ?? throw new InvalidOperationException("SelectionLogits: there are no logits. Make them of a tensor.")).Shape[0];

    /// <summary>K.</summary>
    public int Picks => _logits.Shape[1];

    /// <summary>M.</summary>
    public int Modules
    {
        get
        {
            int modules = 1;
            for (int level = 0; level < Levels; level++)
                modules = Sizes.Product("SelectionLogits", modules, Branches);
            return modules;
        }
    }

    private bool HasLevels => _logits.Shape.Rank == 4;

    private int Levels => HasLevels ? _logits.Shape[2] : 1;

    private int Branches => _logits.Shape.Last;

    /// <summary>One categorical distribution for each choice, or one for each choice and level.</summary>
    public static implicit operator SelectionLogits(Tensor logits) => FromTensor(logits);

    /// <summary>One categorical distribution for each choice, or one for each choice and level.</summary>
    public static SelectionLogits FromTensor(Tensor logits) => new(logits);

    /// <summary>The most probable module of each choice, <c>[rows, K]</c>; of equal ones the first.</summary>
    public IndexTensor MostProbable(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var branches = tape.MostProbable(_logits);
        return HasLevels ? SelectionDistributions.Join(tape, branches, Branches) : branches;
    }

    /// <summary>Draws the modules of each choice, <c>[rows, K]</c>.</summary>
    public IndexTensor Sample(Tape tape, RandomKey key) => Normalize(tape).Sample(tape, key);

    /// <summary>log p(a|x, φ) of each choice, <c>[rows, K]</c> in nats.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="selection">The modules, <c>[rows, K]</c>.</param>
    public Tensor LogProbability(Tape tape, IndexTensor selection) => Normalize(tape).LogProbability(tape, selection);

    /// <summary>
    /// The logits of all modules one by one, <c>[rows, K, modules]</c>. Costs time and memory for every module, and passes no
    /// gradient on if there are levels.
    /// </summary>
    public Tensor OfAllModules(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (!HasLevels)
            return _logits;
        var all = tape.Rent(new Shape(Rows, Picks, Modules));
        int modules = Modules;
        for (int choice = 0; choice < Rows * Picks; choice++)
        {
            for (int module = 0; module < modules; module++)
                all[(choice * modules) + module] = LogitOf(choice, module);
        }
        return all;
    }

    /// <summary>The probabilities, for several uses.</summary>
    internal SelectionDistributions Normalize(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return new SelectionDistributions(tape.Categorical(_logits));
    }

    /// <summary>Some of the rows.</summary>
    internal SelectionLogits RowRange(Tape tape, int start, int count) => tape.Rows(_logits, start, count);

    private double LogitOf(int choice, int module)
    {
        double sum = 0;
        for (int level = Levels - 1; level >= 0; level--)
        {
            (module, int branch) = Math.DivRem(module, Branches);
            sum += _logits[(((choice * Levels) + level) * Branches) + branch];
        }
        return sum;
    }
}
