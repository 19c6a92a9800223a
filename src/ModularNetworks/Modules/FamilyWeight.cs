using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The weights of a pool's modules: each its own, or with families the sum of what its family has in common and what it
/// has alone, W_m = C_f + D_m, of which D_m begins at zero.
/// </summary>
internal sealed class FamilyWeight
{
    private readonly Func<Tape, Tensor>? _sum;

    /// <summary>Creates the weights (Glorot uniform).</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="shape">The shape of all modules' weights, modules first.</param>
    /// <param name="fanIn">The number of inputs of one unit.</param>
    /// <param name="fanOut">The number of units that one input reaches.</param>
    /// <param name="families">Which modules are related.</param>
    /// <param name="key">Decides the weights. F families begin as F modules of the same key without families do.</param>
    /// <exception cref="ArgumentException">There are more families than modules, or fewer than none.</exception>
    public FamilyWeight(string name, Shape shape, int fanIn, int fanOut, ModuleFamilies families, RandomKey key)
    {
        Families = families;
        families.RequireMembers(name, shape[0]);
        Own = new Parameter($"{name}.weight", shape, stacked: true);
        if (families.Any)
        {
            Common = new Parameter($"{name}.common", new Shape(families.Count, shape[1], shape[2]));
            var familyOfModule = IndexTensor.From(new Shape(shape[0]), [.. Enumerable.Range(0, shape[0]).Select(families.Of)]);
            _sum = tape => tape.Add(Own.Value, tape.Gather(Common.Value, familyOfModule));
        }
        Initialization.GlorotUniform((Common ?? Own).Value, fanIn, fanOut, key);
        Parameters = Common is null ? [Own] : [Own, Common];
    }

    /// <summary>Which modules are related.</summary>
    public ModuleFamilies Families { get; }

    /// <summary>The part of the weights that each module has alone, <c>[modules, ...]</c>.</summary>
    public Parameter Own { get; }

    /// <summary>The part of the weights that the modules of a family share, <c>[families, ...]</c>; null without families.</summary>
    public Parameter? Common { get; }

    /// <summary>All parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Checks that an input has as many numbers in a row as the modules read.</summary>
    /// <param name="input"><c>[rows, inputs]</c>, for weights <c>[modules, inputs, outputs]</c>.</param>
    /// <exception cref="ShapeException">It has not.</exception>
    public void RequireInput(Tensor input)
    {
        if (input.Shape.Rank != 2 || input.Shape[1] != Own.Shape[1])
            throw new ShapeException($"{Own.Name}: the input has shape {input.Shape}; [rows, {Own.Shape[1]}] is needed, what the modules read.");
    }

    /// <summary>The weights that modules compute with, <c>[modules, ...]</c>.</summary>
    public Tensor Sum(Tape tape) => _sum is null ? Own.Value : tape.OfParameters(this, _sum);
}
