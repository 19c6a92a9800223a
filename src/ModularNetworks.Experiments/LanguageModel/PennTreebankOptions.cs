using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Options of the language model on the Penn Treebank (paper, section 3.2 and appendix C); the defaults are the paper's sizes.</summary>
public sealed record PennTreebankOptions : LanguageModelOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "ptb";

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <inheritdoc/>
    public override TextCorpus Load(TextCache? cache = null, DataProgress? progress = null) => PennTreebank.Load(Data);
}
