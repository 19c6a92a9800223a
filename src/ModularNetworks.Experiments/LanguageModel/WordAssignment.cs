namespace ModularNetworks.Experiments;

/// <summary>The modules that each word begins with, whatever the word before it.</summary>
internal static class WordAssignment
{
    /// <summary>Assigns words, or pairs of words, to modules as the options ask for.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="words">The number of different words.</param>
    /// <returns>Null if words have no modules to begin with.</returns>
    public static ModuleAssignment? Of(LanguageModelOptions options, int words)
    {
        var layer = new LayerLayout("gru", options.Modules, options.Picks) { Families = options.RelatedModules };
        if (options.Em.Start != CompositionStarts.Input)
            return null;
        var ofWords = ModuleAssignment.RoundRobin(layer, words);
        return options.Sizes.BigramKeys ? ofWords.Repeat(words) : ofWords;
    }
}
