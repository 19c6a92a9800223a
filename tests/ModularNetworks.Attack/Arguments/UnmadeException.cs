namespace ModularNetworks.Attack;

/// <summary>The attack knows no way to make an argument.</summary>
internal sealed class UnmadeException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public UnmadeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public UnmadeException()
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public UnmadeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
