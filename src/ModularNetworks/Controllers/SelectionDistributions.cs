using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The distributions that <see cref="SelectionLogits"/> stand for, normalised once for drawing modules and for their
/// log-probabilities.
/// </summary>
/// <param name="groups">A two-level controller's distributions over groups, <c>[rows, K, groups]</c>; else null.</param>
/// <param name="members">Those over a group's members, or over all modules, <c>[rows, K, members]</c>.</param>
internal readonly struct SelectionDistributions(CategoricalRows? groups, CategoricalRows members)
{
    private int Members => members.Logits.Shape.Last;

    /// <summary>The numbers of the modules, put in the members' place.</summary>
    public static IndexTensor Join(IndexTensor groups, IndexTensor members, int membersPerGroup)
    {
        for (int i = 0; i < members.Values.Length; i++)
            members.Values[i] += groups.Values[i] * membersPerGroup;
        return members;
    }

    /// <summary>The same distributions for several choices each, see <see cref="CategoricalRows.Repeat"/>.</summary>
    public SelectionDistributions Repeat(int copies) => new(groups?.Repeat(copies), members.Repeat(copies));

    /// <summary>Draws the modules of each choice, <c>[rows, K]</c>.</summary>
    public IndexTensor Sample(Tape tape, RandomKey key) => groups is { } ofGroups
        ? Join(
            tape.SampleCategorical(ofGroups, key.Split("groups")),
            tape.SampleCategorical(members, key.Split("members")),
            Members)
        : tape.SampleCategorical(members, key);

    /// <summary>log p(a|x, φ) of each choice, <c>[rows, K]</c> in nats.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="selection">The modules, <c>[rows, K]</c>.</param>
    public Tensor LogProbability(Tape tape, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        if (groups is not { } ofGroups)
            return tape.CategoricalLogProbability(members, selection);
        var (groupChoices, memberChoices) = (tape.RentIndices(selection.Shape), tape.RentIndices(selection.Shape));
        for (int i = 0; i < selection.Values.Length; i++)
            (groupChoices.Values[i], memberChoices.Values[i]) = Math.DivRem(selection.Values[i], Members);
        return tape.Add(
            tape.CategoricalLogProbability(ofGroups, groupChoices), tape.CategoricalLogProbability(members, memberChoices));
    }
}
