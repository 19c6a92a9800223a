namespace ModularNetworks;

/// <summary>Training met a loss or a gradient that is not a finite number.</summary>
public sealed class NonFiniteLossException : Exception
{
    /// <summary>Creates the exception for a gradient step.</summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="problem">The number that is not finite.</param>
    /// <param name="datapoints">The numbers of the mini-batch's datapoints.</param>
    public NonFiniteLossException(long step, string problem, ReadOnlySpan<int> datapoints)
        : base($"Training: {problem} at step {step}, with {Describe(datapoints)}.")
    {
        Step = step;
    }

    /// <summary>The number of the gradient step; 0 if it was met elsewhere.</summary>
    public long Step { get; }

    private const int MostNamed = 8;

    private static string Describe(ReadOnlySpan<int> datapoints) => datapoints.Length <= MostNamed
        ? $"datapoints {string.Join(", ", datapoints.ToArray())}"
        : $"datapoints {string.Join(", ", datapoints[..MostNamed].ToArray())} and {datapoints.Length - MostNamed} more";

    /// <summary>Creates the exception with a message.</summary>
    public NonFiniteLossException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public NonFiniteLossException()
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public NonFiniteLossException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
