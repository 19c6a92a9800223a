using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A linear controller for very many modules, which are the leaves of a tree: each choice takes one of a few branches at every
/// level, drawn independently of those at the other levels. A row costs branches * levels numbers for each choice, and the
/// modules are as many as branches to the power of levels: 65,536 cost 512 numbers at two levels, and 64 at four.
/// </summary>
/// <remarks>
/// Not in the paper. The K choices are factored once more, as the paper factors K choices of one layer: log-probabilities,
/// samples and modes are exact, but not every distribution over the modules can be expressed, and the fewer the more levels
/// there are.
/// </remarks>
public sealed class MultiLevelController : Controller
{
    private readonly Linear _linear;

    /// <summary>Creates the controller with Glorot uniform weights and zero biases.</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="inputs">The size of an input.</param>
    /// <param name="branches">The branches at every level, at least 2.</param>
    /// <param name="levels">The levels, at least 1; M is branches to the power of it.</param>
    /// <param name="picks">K.</param>
    /// <param name="key">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">There would be more than 2,147,483,647 modules, or logits of a row.</exception>
    public MultiLevelController(string name, int inputs, int branches, int levels, int picks, RandomKey key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(branches, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(picks, 1);
        double modules = Math.Pow(branches, levels);
        if (modules > int.MaxValue)
        {
            throw new ArgumentException(
                $"MultiLevelController {name}: {branches} branches at each of {levels} levels lead to {modules:N0} modules, more than "
                + $"{int.MaxValue:N0}. Take fewer.");
        }
        if ((long)picks * levels > int.MaxValue / branches)
        {
            throw new ArgumentException(
                $"MultiLevelController {name}: {Counted.Of(picks, "pick")} at {levels} levels of {branches} branches are more than {int.MaxValue:N0} logits "
                + "a row. Take fewer.");
        }
        Branches = branches;
        Levels = levels;
        Modules = (int)modules;
        Picks = picks;
        _linear = new Linear(name, inputs, picks * levels * branches, key);
    }

    /// <summary>The branches at every level.</summary>
    public int Branches { get; }

    /// <summary>The levels.</summary>
    public int Levels { get; }

    /// <inheritdoc/>
    public override int Modules { get; }

    /// <inheritdoc/>
    public override int Picks { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _linear.Parameters;

    /// <summary>Weight <c>[inputs, K * levels * branches]</c> and bias <c>[K * levels * branches]</c> give the logits.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <returns>The logits <c>[rows, K, levels, branches]</c>.</returns>
    public override SelectionLogits Logits(Tape tape, ControllerInput input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var logits = _linear.Forward(tape, input.Values);
        return tape.Reshape(logits, new Shape(logits.Shape.Rows, Picks, Levels, Branches));
    }
}
