namespace ModularNetworks.Data;

/// <summary>
/// Data cannot be found or read. The message is one line: what, where, what was expected, what was found and what to do.
/// </summary>
public sealed class DataException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public DataException()
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public DataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
