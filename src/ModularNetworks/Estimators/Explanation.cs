using System.Globalization;

namespace ModularNetworks;

/// <summary>The modules that decided, and how sure their controller was.</summary>
/// <param name="Modules">The numbers of the modules, <c>[K]</c>, from 0.</param>
/// <param name="Probabilities">
/// The probability p(a|x) of each, <c>[K]</c>, or its share of a mixture; 1 for modules that are the same for all inputs.
/// </param>
public sealed record Explanation(IReadOnlyList<int> Modules, IReadOnlyList<double> Probabilities)
{
    /// <summary>The modules with their probabilities: <c>3 (98 %)</c>, or <c>3 (98 %) and 5 (71 %)</c>.</summary>
    public override string ToString() => string.Join(" and ", Modules.Zip(Probabilities, (module, probability) =>
        string.Create(CultureInfo.InvariantCulture, $"{module} ({100 * probability:F0} %)")));
}
