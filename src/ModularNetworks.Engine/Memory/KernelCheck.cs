namespace ModularNetworks.Engine;

/// <summary>Whether kernels are checked beyond what every build checks.</summary>
internal static class KernelCheck
{
    /// <summary>
    /// Whether kernels check all indices that they read, and tapes what lies behind their tensors: the switch
    /// <c>ModularNetworks.CheckKernels</c> of a program, which the builds of tests set. A constant to the compiler, which leaves out what it
    /// switches off.
    /// </summary>
    public static readonly bool IsOn = AppContext.TryGetSwitch("ModularNetworks.CheckKernels", out bool isOn) && isOn;
}
