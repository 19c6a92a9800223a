namespace ModularNetworks.Experiments;

/// <summary>A run cannot be started or read: bad options, or a run folder that does not fit. One clear line.</summary>
public sealed class RunException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public RunException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public RunException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public RunException()
    {
    }
}
