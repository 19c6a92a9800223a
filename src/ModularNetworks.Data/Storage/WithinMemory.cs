namespace ModularNetworks.Data;

/// <summary>Data whose size a caller chose: if there is no memory for them, the exception says for what.</summary>
internal static class WithinMemory
{
    /// <summary>Makes data.</summary>
    /// <param name="what">What is made, for the message.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    public static T Make<T>(string what, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (OutOfMemoryException exception)
        {
            throw new InsufficientMemoryException($"{what}: there is no memory for data of these sizes. Use smaller ones.", exception);
        }
    }
}
