namespace ModularNetworks;

/// <summary>Training met a loss that is not a finite number.</summary>
public sealed class NonFiniteLossException : Exception
{
    /// <summary>Creates the exception for a gradient step.</summary>
    public NonFiniteLossException(long step, double loss)
        : base($"Training: the loss at step {step} is {loss}. Lower the learning rate, or clip gradients, and start again.")
    {
    }

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
