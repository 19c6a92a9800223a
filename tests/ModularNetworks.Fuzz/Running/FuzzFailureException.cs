namespace ModularNetworks.Fuzz;

/// <summary>A reader did something that it must not do.</summary>
internal sealed class FuzzFailureException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public FuzzFailureException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public FuzzFailureException()
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public FuzzFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
