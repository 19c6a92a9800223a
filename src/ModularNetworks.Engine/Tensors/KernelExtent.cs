namespace ModularNetworks.Engine;

/// <summary>
/// The check of how far a kernel goes. Kernels get addresses in no other way than by saying this; that there is as much is checked in
/// every build, once for each address.
/// </summary>
internal static class KernelExtent
{
    /// <summary>Checks that a kernel touches no more than there is.</summary>
    /// <exception cref="ShapeException">It would.</exception>
    public static void Require(long count, Shape shape)
    {
        if ((ulong)count > (ulong)shape.Count)
            Refuse(count, shape);
    }

    private static void Refuse(long count, Shape shape) => throw new ShapeException(
        $"Kernel: {count} elements are needed of a tensor of shape {shape}, which may have been made another one since the operation was recorded.");
}
