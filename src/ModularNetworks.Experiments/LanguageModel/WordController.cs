namespace ModularNetworks.Experiments;

/// <summary>What the controller of a language model decides by.</summary>
public enum WordController
{
    /// <summary>A linear map of the state and the word's vector, as in the paper.</summary>
    Linear,

    /// <summary>The same, and a table of logits for each word.</summary>
    Table,
}
