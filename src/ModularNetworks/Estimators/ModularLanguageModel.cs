using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Tells what follows a text: a <see cref="LanguageModel"/> whose recurrent unit picks one of several related modules for each token. Tokens are numbers;
/// with a <see cref="CharacterVocabulary"/> the model also takes texts, character by character.
/// </summary>
/// <remarks>
/// Any number of threads may use a model at once. Fit it from one thread; threads that use it meanwhile go on with what was fitted before.
/// </remarks>
/// <example>
/// <code>
/// var model = new ModularLanguageModel(CharacterVocabulary.Of(text), modules: 32, seed: 1);
/// model.Fit(text, new FitOptions { Progress = Console.Out, ValidationShare = 0.1 });
/// Console.WriteLine(model.Generate("ROMEO:", count: 200, seed: 1));
/// model.Save("shakespeare.safetensors");
/// </code>
/// </example>
public sealed class ModularLanguageModel
{
    private readonly LanguageModelSettings _settings;
    private volatile FittedLanguageModel? _fitted;

    /// <summary>Prepares a model of tokens, which has learned nothing yet.</summary>
    /// <param name="vocabulary">The number of different tokens, which are from 0 to this number less 1.</param>
    /// <param name="modules">M, the number of modules.</param>
    /// <param name="seed">Decides every random choice.</param>
    /// <param name="embedding">The size of a token's vector.</param>
    /// <param name="hidden">The size of a state.</param>
    /// <param name="window">The number of tokens that are learned from at once.</param>
    /// <param name="picks">K, the number of modules that a token uses at once.</param>
    /// <param name="threads">The number of threads that train. Does not change the result.</param>
    /// <param name="device">Trains instead of threads of the model's own; null for these. It is not disposed.</param>
    /// <exception cref="ArgumentException">A size is less than 1, there are fewer than 2 tokens, or fewer modules than picks.</exception>
    public ModularLanguageModel(
        int vocabulary, int modules, ulong seed, int embedding = 64, int hidden = 64, int window = 35, int picks = 1, int threads = 1, Device? device = null)
        : this(
            new LanguageModelSettings(
                vocabulary,
                LanguageModelSettings.BestSizes with { Modules = modules, Picks = picks, Embedding = embedding, Hidden = hidden, Window = window },
                seed, threads, device),
            characters: null, fitted: null)
    {
    }

    /// <summary>Prepares a model of characters, which has learned nothing yet.</summary>
    /// <param name="characters">The characters of all texts.</param>
    /// <param name="modules">M, the number of modules.</param>
    /// <param name="seed">Decides every random choice.</param>
    /// <param name="embedding">The size of a character's vector.</param>
    /// <param name="hidden">The size of a state.</param>
    /// <param name="window">The number of characters that are learned from at once.</param>
    /// <param name="picks">K, the number of modules that a character uses at once.</param>
    /// <param name="threads">The number of threads that train. Does not change the result.</param>
    /// <param name="device">Trains instead of threads of the model's own; null for these. It is not disposed.</param>
    /// <exception cref="ArgumentException">A size is less than 1, or there are fewer modules than picks.</exception>
    public ModularLanguageModel(
        CharacterVocabulary characters, int modules, ulong seed, int embedding = 64, int hidden = 64, int window = 35, int picks = 1, int threads = 1,
        Device? device = null)
        : this(characters?.Count ?? throw new ArgumentNullException(nameof(characters)), modules, seed, embedding, hidden, window, picks, threads, device) =>
        Characters = characters;

    internal ModularLanguageModel(LanguageModelSettings settings, CharacterVocabulary? characters, FittedLanguageModel? fitted) =>
        (_settings, Characters, _fitted) = (settings.Validated(), characters, fitted);

    /// <summary>The number of different tokens.</summary>
    public int Vocabulary => _settings.Vocabulary;

    /// <summary>The characters that tokens stand for; null for tokens that are numbers only.</summary>
    public CharacterVocabulary? Characters { get; }

    /// <summary>The network that was fitted, which reads longer texts token by token by a <see cref="NextWordPredictor"/>.</summary>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public LanguageModel Network => Fitted.Network;

    private FittedLanguageModel Fitted => _fitted
        ?? throw new InvalidOperationException($"{nameof(ModularLanguageModel)}: nothing was fitted yet. Call Fit, or make it with Load.");

    /// <summary>Trains from the beginning. What is held out for validation is the end of the text.</summary>
    /// <param name="tokens">The text, <c>[n]</c>, more tokens than a window.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>How the training went, with losses in nats for each token.</returns>
    /// <exception cref="ArgumentException">Tokens or options are not as they must be; what was fitted before stays.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for; what was fitted before stays.</exception>
    /// <exception cref="NonFiniteLossException">The training diverged; what was fitted before stays.</exception>
    public FitHistory Fit(ReadOnlySpan<int> tokens, FitOptions? options = null) => Fit(tokens.ToArray(), validation: null, options);

    /// <summary>Trains from the beginning, and validates with a text of its own.</summary>
    /// <param name="tokens">The text to train with, <c>[n]</c>, more tokens than a window.</param>
    /// <param name="validationTokens">The text to validate with, two tokens at least.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <inheritdoc cref="Fit(ReadOnlySpan{int}, FitOptions)"/>
    public FitHistory Fit(ReadOnlySpan<int> tokens, ReadOnlySpan<int> validationTokens, FitOptions? options = null) =>
        Fit(tokens.ToArray(), validationTokens.ToArray(), options);

    /// <summary>Trains a model of characters from the beginning.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <inheritdoc cref="Fit(ReadOnlySpan{int}, FitOptions)"/>
    public FitHistory Fit(string text, FitOptions? options = null) => Fit(RequireCharacters().Encode(text), validation: null, options);

    /// <summary>The probability of each token to follow a text.</summary>
    /// <param name="tokens">The text, one token at least.</param>
    /// <returns><c>[vocabulary]</c>, with the sum 1.</returns>
    /// <exception cref="ArgumentException">There is no token, or one that is not of the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public float[] PredictProbabilities(ReadOnlySpan<int> tokens)
    {
        _settings.RequireTokens(tokens, atLeast: 1);
        float[] probabilities = Fitted.Read(tokens, reader => reader.LogProbabilities().ToArray());
        for (int token = 0; token < probabilities.Length; token++)
            probabilities[token] = MathF.Exp(probabilities[token]);
        return probabilities;
    }

    /// <summary>Goes on with a text.</summary>
    /// <param name="tokens">The beginning of the text, one token at least.</param>
    /// <param name="count">The number of tokens to add.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <param name="temperature">1 draws as often as the model says, less prefers what is probable, 0 takes the most probable.</param>
    /// <returns>The tokens that were added, <c>[count]</c>.</returns>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many.</exception>
    /// <inheritdoc cref="PredictProbabilities"/>
    public int[] Generate(ReadOnlySpan<int> tokens, int count, ulong seed, double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _settings.RequireTokens(tokens, atLeast: 1);
        var key = RandomKey.FromSeed(seed);
        return Fitted.Read(tokens, reader =>
        {
            int[] added = SizedArray.Create<int>(nameof(ModularLanguageModel), count);
            for (int n = 0; n < count; n++)
                reader.Read(added[n] = reader.SampleWord(temperature, key.Split((ulong)n)));
            return added;
        });
    }

    /// <summary>Goes on with a text of characters.</summary>
    /// <param name="text">The beginning of the text, one character at least.</param>
    /// <param name="count">The number of characters to add.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <param name="temperature">1 draws as often as the model says, less prefers what is probable, 0 takes the most probable.</param>
    /// <returns>The text that was added.</returns>
    /// <inheritdoc cref="PredictProbabilities"/>
    public string Generate(string text, int count, ulong seed, double temperature = 1)
    {
        var characters = RequireCharacters();
        return characters.Decode(Generate(characters.Encode(text), count, seed, temperature));
    }

    /// <summary>The perplexity of a text; see <see cref="Evaluate(ReadOnlySpan{int})"/>.</summary>
    /// <param name="tokens">The text, two tokens at least.</param>
    /// <inheritdoc cref="PredictProbabilities"/>
    public double Score(ReadOnlySpan<int> tokens) => Evaluate(tokens).Perplexity;

    /// <summary>Measures loss, perplexity and bits for each token, of all tokens but the first; the text is read as one stream.</summary>
    /// <param name="tokens">The text, two tokens at least.</param>
    /// <inheritdoc cref="PredictProbabilities"/>
    public TextEvaluation Evaluate(ReadOnlySpan<int> tokens)
    {
        _settings.RequireTokens(tokens, atLeast: 2);
        return Fitted.Evaluate(tokens, FittedLanguageModel.OwnTape());
    }

    /// <summary>The modules that read the last token of a text, on which a prediction rests.</summary>
    /// <param name="tokens">The text, one token at least.</param>
    /// <inheritdoc cref="PredictProbabilities"/>
    public Explanation Explain(ReadOnlySpan<int> tokens)
    {
        _settings.RequireTokens(tokens, atLeast: 1);
        return Fitted.Explain(tokens);
    }

    /// <summary>Saves what was fitted, with the characters if there are any, in one file in the safetensors format. A file that was there is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there stays.</exception>
    public void Save(string path) => EstimatorPath.Write(nameof(ModularLanguageModel), path, Save);

    /// <summary>Saves what was fitted to a stream, as <see cref="Save(string)"/> does.</summary>
    /// <param name="stream">Is written to.</param>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public void Save(Stream stream) => LanguageModelFiles.Save(stream, _settings, Characters, Fitted);

    /// <summary>Loads a model that was saved. It answers as it did, to the last bit on the same instruction set, and can be fitted anew.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">The number of threads that train, if it is fitted anew.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CheckpointException">The file is not there, damaged, or no language model's.</exception>
    public static ModularLanguageModel Load(string path, int threads = 1) =>
        EstimatorPath.Read(nameof(ModularLanguageModel), path, stream => Load(stream, threads));

    /// <summary>Loads a model from a stream.</summary>
    /// <param name="stream">Is read from its position on; must be able to seek.</param>
    /// <param name="threads">The number of threads that train, if it is fitted anew.</param>
    /// <exception cref="CheckpointException">What is read is damaged, or no language model.</exception>
    public static ModularLanguageModel Load(Stream stream, int threads = 1) => LanguageModelFiles.Load(stream, threads);

    private FitHistory Fit(int[] tokens, int[]? validation, FitOptions? options)
    {
        var (fitted, history) = new LanguageModelTraining(_settings, options ?? new FitOptions()).Run(tokens, validation);
        _fitted = fitted;
        return history;
    }

    private CharacterVocabulary RequireCharacters() => Characters ?? throw new InvalidOperationException(
        $"{nameof(ModularLanguageModel)}: its tokens stand for no characters. Make it with a CharacterVocabulary, or give tokens.");
}
