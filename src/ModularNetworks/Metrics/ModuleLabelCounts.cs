using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Counts how often modules are used for datapoints of some label (class, word, token type), and tells how much a module
/// and a label say about each other.
/// </summary>
public sealed class ModuleLabelCounts
{
    private readonly double[] _counts;
    private readonly double[] _ofLabel;
    private readonly double[] _ofModule;
    private double _total;

    /// <summary>Starts with nothing counted.</summary>
    /// <param name="labels">The number of labels.</param>
    /// <param name="modules">M.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    /// <exception cref="ShapeException">The table would be too large.</exception>
    public ModuleLabelCounts(int labels, int modules)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        (Labels, Modules) = (labels, modules);
        (_counts, _ofLabel, _ofModule) = (
            Numbers(Sizes.Product(nameof(ModuleLabelCounts), labels, modules)), Numbers(labels), Numbers(modules));
    }

    /// <summary>The number of labels.</summary>
    public int Labels { get; }

    /// <summary>M.</summary>
    public int Modules { get; }

    /// <summary>The number of uses of a module for a label.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label or module.</exception>
    public long this[int label, int module] => (long)_counts[Place(label, module)];

    /// <summary>Counts one use.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label or module.</exception>
    public void Add(int label, int module)
    {
        _counts[Place(label, module)]++;
        _ofLabel[label]++;
        _ofModule[module]++;
        _total++;
    }

    /// <summary>The number of uses of all modules for a label.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public long OfLabel(int label) => (long)_ofLabel[Place(label, 0) / Modules];

    /// <summary>The number of uses of a module.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such module.</exception>
    public long OfModule(int module) => (long)_ofModule[Place(0, module)];

    /// <summary>
    /// I(module; label) = H(module) + H(label) − H(module, label), in nats (Cover and Thomas 2006, Eq. 2.45), of the counted
    /// uses: what the module tells of the label. Where labels are many and uses few it comes out too large, by about
    /// (labels − 1)(M − 1) / (2 uses) (Miller 1955).
    /// </summary>
    public double MutualInformation =>
        Math.Max(0, Entropies.Of(_ofModule) + Entropies.Of(_ofLabel) - Entropies.Of(_counts));

    /// <summary>
    /// 2 I(module; label) / (H(module) + H(label)), from 0 (independent) to 1 (each decides the other): normalised mutual
    /// information with the arithmetic mean (Vinh, Epps and Bailey 2010, Table 2). 0 if both are constant.
    /// </summary>
    public double NormalizedMutualInformation
    {
        get
        {
            double entropies = Entropies.Of(_ofModule) + Entropies.Of(_ofLabel);
            return entropies > 0 ? 2 * MutualInformation / entropies : 0;
        }
    }

    /// <summary>How much more often a module is used for a label than for any: P(module | label) / P(module).</summary>
    /// <returns>1 if the label makes no difference; 0 where module or label were not seen.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label or module.</exception>
    public double Lift(int label, int module) => this[label, module] is > 0 and var count
        ? count * _total / (_ofLabel[label] * _ofModule[module])
        : 0;

    private static double[] Numbers(long count) => SizedArray.Create<double>(nameof(ModuleLabelCounts), count);

    private int Place(int label, int module)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Labels, nameof(label));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)module, (uint)Modules, nameof(module));
        return (label * Modules) + module;
    }
}
