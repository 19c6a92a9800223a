namespace ModularNetworks.Engine;

/// <summary>
/// What is checked where kernels get addresses. They get them in no other way than by saying how far they go; that there is as much
/// is checked in every build, once for each address. Tests switch on more.
/// </summary>
internal static class KernelCheck
{
    /// <summary>
    /// Whether kernels check all indices that they read, and tapes what lies behind their tensors: the switch
    /// <c>ModularNetworks.CheckKernels</c> of a program, which the builds of tests set. A constant to the compiler, which leaves out what it
    /// switches off.
    /// </summary>
    public static readonly bool IsOn = AppContext.TryGetSwitch("ModularNetworks.CheckKernels", out bool isOn) && isOn;

    /// <summary>Checks that a kernel touches no more than there is.</summary>
    /// <exception cref="ShapeException">It would.</exception>
    public static void Extent(long count, Shape shape)
    {
        if ((ulong)count > (ulong)shape.Count)
            Refuse(count, shape);
    }

    private static void Refuse(long count, Shape shape) => throw new ShapeException(
        $"Kernel: {count} elements are needed of a tensor of shape {shape}, which may have been made another one since the operation was recorded.");
}
