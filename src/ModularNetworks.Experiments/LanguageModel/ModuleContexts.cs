namespace ModularNetworks.Experiments;

/// <summary>Finds the contexts that modules are most selective for.</summary>
/// <param name="words">The number of times that modules read each word.</param>
/// <param name="wordsBefore">The number of times that modules read the word after each word.</param>
internal sealed class ModuleContexts(ModuleLabelCounts words, ModuleLabelCounts wordsBefore)
{
    private const int Most = 6;

    // What happens less often may be chance.
    private const int FewestPlaces = 20;
    private const double LeastLift = 1.5;

    /// <summary>
    /// A module's contexts, the most telling first: those with the largest n ln(lift), what the context adds to the
    /// information between module and word (times the number of all places).
    /// </summary>
    public IEnumerable<ModuleContext> Of(int module) =>
        Of(words, module, isAfter: false)
            .Concat(Of(wordsBefore, module, isAfter: true))
            .OrderByDescending(context => context.Count * Math.Log(context.Lift))
            .Take(Most);

    private static ModuleContext Context(ModuleLabelCounts counts, int module, bool isAfter, int word)
    {
        long count = counts[word, module];
        return new ModuleContext(
            isAfter, word, (double)count / counts.OfLabel(word), (double)count / counts.OfModule(module), counts.Lift(word, module), count);
    }

    private static IEnumerable<ModuleContext> Of(ModuleLabelCounts counts, int module, bool isAfter)
    {
        for (int word = 0; word < counts.Labels; word++)
        {
            long places = counts.OfLabel(word);
            if (places < FewestPlaces || counts[word, module] == 0)
                continue;
            if (counts.Lift(word, module) >= LeastLift)
                yield return Context(counts, module, isAfter, word);
        }
    }
}
