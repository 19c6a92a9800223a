namespace ModularNetworks;

/// <summary>The sizes of a language model's parts. The defaults are the paper's (section 3.2, appendix C).</summary>
public sealed record LanguageModelSizes
{
    /// <summary>M, the number of modules.</summary>
    public int Modules { get; init; } = 5;

    /// <summary>K, the number of modules selected at each time step.</summary>
    public int Picks { get; init; } = 1;

    /// <summary>Which modules are related; none in the paper.</summary>
    public ModuleFamilies Families { get; init; }

    /// <summary>The number of words in a window.</summary>
    public int Window { get; init; } = 35;

    /// <summary>The size of a word's vector.</summary>
    public int Embedding { get; init; } = 32;

    /// <summary>The size of a state and of a module's output.</summary>
    public int Hidden { get; init; } = 8;

    /// <summary>The activation of the proposed state.</summary>
    public StateActivation StateActivation { get; init; }

    /// <summary>The kind of the controller.</summary>
    public ControllerKind Controller { get; init; }

    /// <summary>The number of units in the hidden layer of a controller that has one.</summary>
    public int ControllerUnits { get; init; } = 16;

    /// <summary>Whether every module brings its own gates; false in the paper.</summary>
    public bool ModularGates { get; init; }

    /// <summary>Whether the softmax reads a state by the modules that made it; false in the paper.</summary>
    public bool ModularReadout { get; init; }

    /// <summary>
    /// Whether the keys of the inputs, by which a controller's table decides, are pairs of a word and the word before it, instead of words.
    /// </summary>
    public bool BigramKeys { get; init; }

    /// <summary>The share of the word vectors' elements that gradient steps drop; 0 in the paper.</summary>
    public double Dropout { get; init; }
}
