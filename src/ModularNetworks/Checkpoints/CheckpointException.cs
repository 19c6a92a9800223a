namespace ModularNetworks;

/// <summary>A checkpoint is damaged, or belongs to another model.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public CheckpointException()
    {
    }
}
