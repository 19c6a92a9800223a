namespace ModularNetworks;

/// <summary>
/// A method of training with its options, which makes the trainer of a network. <see cref="Em"/> and the others have the defaults of their options; a
/// method with other options is made by its class, such as <c>new ReinforceMethod { Options = ... }</c>.
/// </summary>
public abstract record TrainingMethod
{
    /// <summary>Generalized Viterbi EM (Algorithm 1).</summary>
    public static TrainingMethod Em { get; } = new EmMethod();

    /// <summary>Expected scores: all selections are scored.</summary>
    public static TrainingMethod ExpectedScore { get; } = new ExpectedScoreMethod();

    /// <summary>REINFORCE (section 2.2).</summary>
    public static TrainingMethod Reinforce { get; } = new ReinforceMethod();

    /// <summary>Noisy top-k gating: a mixture of modules (section 2.2).</summary>
    public static TrainingMethod NoisyTopK { get; } = new NoisyTopKMethod();

    /// <summary>The baseline without a choice: the same modules for all datapoints.</summary>
    public static TrainingMethod Fixed { get; } = new FixedMethod();

    /// <summary>How a network that the method trains selects its modules when it is used.</summary>
    public virtual SelectionRule Rule => new ModeSelection();

    /// <summary>Makes a trainer.</summary>
    /// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
    /// <param name="parts">The network, its data, and what trains it.</param>
    /// <exception cref="ArgumentException">The method does not fit the network or the data.</exception>
    public abstract ITrainer CreateTrainer<TBatch>(TrainingParts<TBatch> parts);
}
