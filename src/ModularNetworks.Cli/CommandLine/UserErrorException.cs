namespace ModularNetworks.Cli;

/// <summary>
/// The user asked for something that cannot be done. The message is one line: what, the value given, the rule, the fix.
/// </summary>
public sealed class UserErrorException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public UserErrorException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public UserErrorException()
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public UserErrorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
