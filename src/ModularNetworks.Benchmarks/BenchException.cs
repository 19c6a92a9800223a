namespace ModularNetworks.Benchmarks;

/// <summary>The measurement cannot be done. The message is one line and says what to do.</summary>
public sealed class BenchException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public BenchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public BenchException()
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public BenchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
