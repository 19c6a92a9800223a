namespace ModularNetworks.Engine;

/// <summary>
/// Shapes do not fit an operation. The message names the operation, the shapes, the rule and, where there is one, the fix.
/// </summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Whether the reason is that no tensor can hold as many elements.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>Creates the exception with a message.</summary>
    public ShapeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public ShapeException()
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public ShapeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
