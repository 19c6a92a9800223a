namespace ModularNetworks.Bench;

/// <summary>An implementation of the language model whose steps can be timed.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>What it is and its versions, for the report.</summary>
    string Description { get; }

    /// <summary>Takes steps, one after the other.</summary>
    /// <returns>How long each took, in milliseconds, <c>[count]</c>.</returns>
    double[] Run(StepCase what, int count);

    /// <summary>The memory of its process that is resident now, in bytes.</summary>
    long ResidentBytes { get; }

    /// <summary>The processor time that its process has used so far, over all cores.</summary>
    TimeSpan ProcessorTime { get; }
}
