using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A linear controller for very many modules, which are arranged in groups of equal size: each choice is one of a group and
/// one of a place in it, drawn independently of each other, so that a row costs groups + members numbers instead of
/// groups * members.
/// </summary>
/// <remarks>
/// Not in the paper. The K choices are factored once more, as the paper factors K choices of one layer: log-probabilities,
/// samples and modes are exact, but not every distribution over the modules can be expressed.
/// </remarks>
public sealed class TwoLevelController : Controller
{
    private readonly Linear _groups;
    private readonly Linear _members;

    /// <summary>Creates the controller with Glorot uniform weights and zero biases.</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="inputs">The size of an input.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="members">The number of modules in a group; M is groups * members.</param>
    /// <param name="picks">K.</param>
    /// <param name="key">Decides the initial weights.</param>
    public TwoLevelController(string name, int inputs, int groups, int members, int picks, RandomKey key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(picks, 1);
        if ((long)groups * members > int.MaxValue)
        {
            throw new ArgumentException(
                $"TwoLevelController {name}: {groups} groups of {members} modules are more than {int.MaxValue}. Take fewer.");
        }
        Groups = groups;
        Members = members;
        Picks = picks;
        _groups = new Linear($"{name}.groups", inputs, picks * groups, key.Split("groups"));
        _members = new Linear($"{name}.members", inputs, picks * members, key.Split("members"));
        Parameters = [.. _groups.Parameters, .. _members.Parameters];
    }

    /// <summary>The number of groups.</summary>
    public int Groups { get; }

    /// <summary>The number of modules in a group.</summary>
    public int Members { get; }

    /// <inheritdoc/>
    public override int Modules => checked(Groups * Members);

    /// <inheritdoc/>
    public override int Picks { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override SelectionLogits Logits(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        int rows = input.Shape.Rows;
        return new SelectionLogits(
            tape.Reshape(_groups.Forward(tape, input), new Shape(rows, Picks, Groups)),
            tape.Reshape(_members.Forward(tape, input), new Shape(rows, Picks, Members)));
    }
}
