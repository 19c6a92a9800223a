using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The unnormalised log-probabilities of a layer's K choices, for every row: of all M modules, or of a two-level
/// controller's groups and of the members of a group, of which a module m = group * members + member has the product
/// p(a = m|x) = p(group|x) p(member|x).
/// </summary>
public readonly struct SelectionLogits
{
    private readonly Tensor? _groups;
    private readonly Tensor _members;

    /// <summary>One categorical distribution over all modules for each choice.</summary>
    /// <param name="modules"><c>[rows, K, modules]</c>.</param>
    public SelectionLogits(Tensor modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        _members = modules;
    }

    /// <summary>Two independent categorical distributions for each choice.</summary>
    /// <param name="groups"><c>[rows, K, groups]</c>.</param>
    /// <param name="members"><c>[rows, K, members]</c>.</param>
    /// <exception cref="ShapeException">The two have other rows or choices.</exception>
    public SelectionLogits(Tensor groups, Tensor members)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(members);
        if (groups.Shape.Rank != 3 || members.Shape.Rank != 3 || groups.Shape.WithoutLast() != members.Shape.WithoutLast())
        {
            throw new ShapeException(
                $"SelectionLogits: groups have shape {groups.Shape}, members {members.Shape}; they must be [rows, K, groups] and "
                + "[rows, K, members] with the same rows and choices.");
        }
        _groups = groups;
        _members = members;
    }

    /// <summary>The number of rows.</summary>
    public int Rows => _members.Shape[0];

    /// <summary>K.</summary>
    public int Picks => _members.Shape[1];

    /// <summary>M.</summary>
    public int Modules => Members * (_groups?.Shape.Last ?? 1);

    private int Members => _members.Shape.Last;

    /// <summary>One categorical distribution over all modules for each choice.</summary>
    public static implicit operator SelectionLogits(Tensor modules) => FromTensor(modules);

    /// <summary>One categorical distribution over all modules for each choice.</summary>
    public static SelectionLogits FromTensor(Tensor modules) => new(modules);

    /// <summary>The most probable module of each choice, <c>[rows, K]</c>; of equal ones the first.</summary>
    public IndexTensor MostProbable(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var members = tape.MostProbable(_members);
        return _groups is null ? members : SelectionDistributions.Join(tape.MostProbable(_groups), members, Members);
    }

    /// <summary>Draws the modules of each choice, <c>[rows, K]</c>.</summary>
    public IndexTensor Sample(Tape tape, RandomKey key) => Normalize(tape).Sample(tape, key);

    /// <summary>log p(a|x, φ) of each choice, <c>[rows, K]</c> in nats.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="selection">The modules, <c>[rows, K]</c>.</param>
    public Tensor LogProbability(Tape tape, IndexTensor selection) => Normalize(tape).LogProbability(tape, selection);

    /// <summary>
    /// The logits of all modules one by one, <c>[rows, K, modules]</c>. Costs time and memory for every module, and passes no
    /// gradient on if there are two levels.
    /// </summary>
    public Tensor OfAllModules(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (_groups is null)
            return _members;
        var all = tape.Rent(new Shape(Rows, Picks, Modules));
        int groups = _groups.Shape.Last, members = Members;
        for (int choice = 0; choice < Rows * Picks; choice++)
        {
            for (int module = 0; module < groups * members; module++)
            {
                all[(choice * groups * members) + module] =
                    _groups[(choice * groups) + (module / members)] + _members[(choice * members) + (module % members)];
            }
        }
        return all;
    }

    /// <summary>The probabilities, for several uses.</summary>
    internal SelectionDistributions Normalize(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return new SelectionDistributions(_groups is null ? null : tape.Categorical(_groups), tape.Categorical(_members));
    }

    /// <summary>Some of the rows.</summary>
    internal SelectionLogits RowRange(Tape tape, int start, int count)
    {
        var members = tape.Rows(_members, start, count);
        return _groups is null ? members : new SelectionLogits(tape.Rows(_groups, start, count), members);
    }
}
