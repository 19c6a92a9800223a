using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Trains a language model from one start or several, and keeps the best.</summary>
/// <param name="settings">What the model was prepared with.</param>
/// <param name="options">The options of the training.</param>
internal sealed class LanguageModelTraining(LanguageModelSettings settings, FitOptions options)
{
    private const string Owner = nameof(ModularLanguageModel);
    private const long DefaultSteps = 4000;

    // The probability of the modules that a token begins with.
    private const double StartProbability = 0.9;

    private static readonly TrainingMethod DefaultMethod = new EmMethod { Options = new() { DetachedControllers = true } };

    private readonly RandomKey _key = RandomKey.FromSeed(settings.Seed);
    private readonly TrainingMethod _method = options.Method ?? DefaultMethod;

    /// <summary>Trains.</summary>
    /// <param name="tokens">The text to train with.</param>
    /// <param name="validation">The text to validate with; null to hold out the end of the text, as much as the options say.</param>
    /// <returns>What was fitted, how it selects its modules, and how the training went.</returns>
    public (FittedLanguageModel Model, FitHistory History) Run(int[] tokens, int[]? validation)
    {
        options.Validate();
        if (_method.Rule is MixtureSelection)
            throw new ArgumentException($"{Owner}: noisy top-k gating mixes modules, and a text is read by modules that are selected. Choose another method.");
        settings.RequireTokens(tokens, atLeast: settings.Sizes.Window + 1);
        if (validation is null && options.HeldOutShare > 0)
        {
            // The end, and not windows here and there: the text around a window tells too much of it.
            int held = (int)Math.Min(tokens.Length - settings.Sizes.Window - 1, Math.Max(2, Math.Round(tokens.Length * options.HeldOutShare)));
            (tokens, validation) = (tokens[..^held], tokens[^held..]);
        }
        if (validation is null && options.NeedsValidation)
            throw new ArgumentException($"{Owner}: Patience and Starts need a text to validate with. Give one, or a ValidationShare above 0.");
        if (validation is not null)
            settings.RequireTokens(validation, atLeast: 2);
        using var own = settings.Device is null ? new Device(settings.Threads) : null;
        return Starts.BestOf(options, start => Train(tokens, validation, settings.Device ?? own!, start));
    }

    private (FittedLanguageModel Model, FitHistory History) Train(int[] tokens, int[]? validation, Device device, int start)
    {
        var key = Starts.KeyOf(_key, start);
        var (sizes, rule) = (settings.SizesFor(_method.Rule), _method.Rule);
        var model = new LanguageModel(sizes, settings.Vocabulary, rule, key.Split("network"));
        var assignment = ModuleAssignment.RoundRobin(model.Layout.Layers[0] with { Families = sizes.Families, Steps = 1 }, settings.Vocabulary);
        // One module is certain already.
        if (sizes.Modules > 1 && model.Unit.Chooser.LinearPart is { Table: not null } controller)
            controller.Follow(assignment, StartProbability);
        var job = new FitJob<TextBatch>(model, new TokenWindows(tokens, sizes.Window), device, key)
        {
            Start = rule is ModeSelection ? new AssignedSelection(assignment) : null,
            DefaultSteps = DefaultSteps,
            Units = sizes.Window,
            Fingerprint = options.CheckpointFolder is null ? "" : Starts.FingerprintOf(MemoryMarshal.AsBytes(tokens.AsSpan()).ToArray()),
            Label = Starts.LabelOf(options, start),
        };
        var fitted = new FittedLanguageModel(model, rule);
        var history = Fitting.Run(
            job, Starts.OptionsOf(options, start) with { Method = _method }, validation is null ? null : () => fitted.Evaluate(validation, device.Tape));
        return (fitted, history);
    }
}
