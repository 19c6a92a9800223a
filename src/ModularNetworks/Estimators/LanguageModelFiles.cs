using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Saves and loads language models.</summary>
internal static class LanguageModelFiles
{
    /// <summary>Saves a fitted model.</summary>
    public static void Save(Stream stream, LanguageModelSettings settings, CharacterVocabulary? characters, FittedLanguageModel fitted)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var sizes = settings.Sizes;
        var file = new LanguageModelFile
        {
            Format = LanguageModelFile.CurrentFormat,
            Estimator = nameof(ModularLanguageModel),
            Vocabulary = settings.Vocabulary,
            Modules = sizes.Modules,
            Picks = sizes.Picks,
            Embedding = sizes.Embedding,
            Hidden = sizes.Hidden,
            Window = sizes.Window,
            Seed = settings.Seed,
            Selection = fitted.Rule is FixedSelection ? SavedSelection.Fixed : SavedSelection.Mode,
            Characters = characters?.Characters,
        };
        EstimatorFile.Write(stream, fitted.Network.Parameters, file, LanguageModelJson.Default.LanguageModelFile);
    }

    /// <summary>Loads a model.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or of another kind of estimator.</exception>
    public static ModularLanguageModel Load(Stream stream, int threads)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = EstimatorFile.ReadContent(stream, nameof(ModularLanguageModel), LanguageModelJson.Default.LanguageModelFile);
        Require(file.Format == LanguageModelFile.CurrentFormat, $"it is of format {file.Format}; this version reads format {LanguageModelFile.CurrentFormat}");
        RequireSizes(file, stream.Length);
        var characters = file.Characters is null ? null : CharactersOf(file);
        var sizes = LanguageModelSettings.BestSizes with
        {
            Modules = file.Modules,
            Picks = file.Picks,
            Embedding = file.Embedding,
            Hidden = file.Hidden,
            Window = file.Window,
        };
        var settings = new LanguageModelSettings(file.Vocabulary, sizes, file.Seed, threads, Device: null);
        SelectionRule rule = file.Selection == SavedSelection.Fixed ? new FixedSelection() : new ModeSelection();
        var network = new LanguageModel(settings.SizesFor(rule), file.Vocabulary, rule, RandomKey.FromSeed(file.Seed));
        EstimatorFile.ReadParameters(stream, network.Parameters);
        return new ModularLanguageModel(settings, characters, new FittedLanguageModel(network, rule));
    }

    /// <summary>Checks sizes before anything is made of them: the parameters must be in the file, so that they take no more memory than it has bytes.</summary>
    private static void RequireSizes(LanguageModelFile file, long bytes)
    {
        bool areSizes = file is { Vocabulary: >= 2, Modules: >= 1, Picks: >= 1, Embedding: >= 1, Hidden: >= 1, Window: >= 1, Selection: SavedSelection.Mode or SavedSelection.Fixed }
            && file.Picks <= Math.Min(file.Modules, LanguageModelSettings.MostPicks) && file.Window <= LanguageModelSettings.MostWindow;
        Require(areSizes, "its sizes are none of a language model");
        bool isFixed = file.Selection == SavedSelection.Fixed;
        double modules = isFixed ? file.Picks : file.Modules, joined = (double)file.Embedding + file.Hidden;
        double numbers = ((double)file.Vocabulary * joined) + (modules * joined * file.Hidden * 3) + (modules * file.Hidden * file.Hidden);
        if (!isFixed)
            numbers += modules * file.Picks * (joined + file.Vocabulary);
        Require(numbers * sizeof(float) <= bytes, $"it has {Counted.Of(bytes, "byte")}, too few for the sizes that it tells");
    }

    private static CharacterVocabulary CharactersOf(LanguageModelFile file)
    {
        try
        {
            var characters = CharacterVocabulary.Of(file.Characters!);
            Require(characters.Count == file.Vocabulary && characters.Characters == file.Characters, $"its characters are no {file.Vocabulary} different ones");
            return characters;
        }
        catch (ArgumentException exception)
        {
            throw new CheckpointException(exception.Message, exception);
        }
    }

    private static void Require(bool isMet, string fault)
    {
        if (!isMet)
            throw new CheckpointException(fault);
    }
}
