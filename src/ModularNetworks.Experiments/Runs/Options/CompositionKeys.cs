namespace ModularNetworks.Experiments;

/// <summary>The keys by which EM can store compositions: one composition for each value of the key.</summary>
public enum CompositionKeys
{
    /// <summary>Each datapoint of the training set.</summary>
    Datapoint,

    /// <summary>Each token: the word or character that is read.</summary>
    Token,

    /// <summary>Each pair of a token and the one before it.</summary>
    Bigram,

    /// <summary>Each task that inputs show.</summary>
    Task,

    /// <summary>Each cluster of inputs.</summary>
    Cluster,
}
