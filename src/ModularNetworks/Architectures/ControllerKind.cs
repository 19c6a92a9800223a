namespace ModularNetworks;

/// <summary>The kinds of controllers.</summary>
public enum ControllerKind
{
    /// <summary>A linear map of the layer's input, as in the paper.</summary>
    Linear,

    /// <summary>The same, and a table of logits for each token, cluster or task that inputs show.</summary>
    Table,

    /// <summary>A linear map with a layer of hidden units beside it.</summary>
    Multilayer,
}
