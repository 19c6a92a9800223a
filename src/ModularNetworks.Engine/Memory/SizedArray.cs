namespace ModularNetworks.Engine;

/// <summary>Arrays whose size a caller chose: if there is no memory for one, the exception says for what.</summary>
internal static class SizedArray
{
    /// <summary>A new array of zeros.</summary>
    /// <param name="what">What it is for, for the message.</param>
    /// <param name="count">The number of elements, at least 0.</param>
    /// <param name="pinned">Whether it never moves.</param>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    public static T[] Create<T>(string what, long count, bool pinned = false)
        where T : unmanaged
    {
        try
        {
            if (count <= Array.MaxLength)
                return GC.AllocateArray<T>((int)count, pinned);
        }
        catch (OutOfMemoryException refusal)
        {
            throw Refusal<T>(what, count, refusal);
        }
        throw Refusal<T>(what, count, inner: null);
    }

    private static unsafe InsufficientMemoryException Refusal<T>(string what, long count, Exception? inner)
        where T : unmanaged =>
        new($"{what}: {(decimal)count * sizeof(T)} bytes are wanted, and there is no memory for them. Use smaller sizes.", inner);
}
