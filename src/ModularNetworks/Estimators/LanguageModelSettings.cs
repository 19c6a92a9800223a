using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>What a language model was prepared with.</summary>
/// <param name="Vocabulary">The number of different tokens.</param>
/// <param name="Sizes">The sizes of its parts, without families.</param>
/// <param name="Seed">Decides every random choice.</param>
/// <param name="Threads">The number of threads that train.</param>
/// <param name="Device">Trains instead of these; null if there is none.</param>
internal sealed record LanguageModelSettings(int Vocabulary, LanguageModelSizes Sizes, ulong Seed, int Threads, Device? Device)
{
    /// <summary>The most tokens in a window.</summary>
    public const int MostWindow = 10_000;

    /// <summary>The most modules that a token uses at once.</summary>
    public const int MostPicks = 64;

    private const string Owner = nameof(ModularLanguageModel);

    /// <summary>What does best for texts of a few million characters.</summary>
    public static LanguageModelSizes BestSizes { get; } = new()
    {
        Controller = ControllerKind.Table,
        ModularGates = true,
        ModularReadout = true,
        StateActivation = StateActivation.Tanh, // With relu, states may grow on new text.
    };

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">A size is out of its range.</exception>
    public LanguageModelSettings Validated()
    {
        Require("vocabulary", Vocabulary, 2);
        Require("modules", Sizes.Modules, 1);
        Require("picks", Sizes.Picks, 1, MostPicks);
        Require("embedding", Sizes.Embedding, 1);
        Require("hidden", Sizes.Hidden, 1);
        Require("window", Sizes.Window, 1, MostWindow);
        Require("threads", Threads, 1);
        if (Sizes.Picks > Sizes.Modules)
            throw new ArgumentException($"{Owner}: {Counted.Of(Sizes.Picks, "pick")} of {Counted.Of(Sizes.Modules, "module")}; there must be a module for each pick at least.");
        return this;
    }

    /// <summary>Checks tokens.</summary>
    /// <exception cref="ArgumentException">They are too few, or one is no token.</exception>
    public void RequireTokens(ReadOnlySpan<int> tokens, int atLeast)
    {
        if (tokens.Length < atLeast)
            throw new ArgumentException($"{Owner}: {tokens.Length} tokens are given; {atLeast} are needed at least.");
        for (int n = 0; n < tokens.Length; n++)
        {
            if ((uint)tokens[n] >= (uint)Vocabulary)
                throw new ArgumentException($"{Owner}: token {n} is {tokens[n]}; tokens are from 0 to {Vocabulary - 1}.");
        }
    }

    /// <summary>The sizes of a model that selects its modules by a rule; the modules of the baseline are not related, and there are no others.</summary>
    public LanguageModelSizes SizesFor(SelectionRule rule) => rule is FixedSelection
        ? Sizes with { Modules = Sizes.Picks }
        : Sizes with { Families = new ModuleFamilies(Sizes.Picks) };

    private static void Require(string name, int value, int least, int most = int.MaxValue)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, $"{Owner}: {name} is {value}; it must be {(most < int.MaxValue ? $"from {least} to {most}" : $"at least {least}")}.");
    }
}
