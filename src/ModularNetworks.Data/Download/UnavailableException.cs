namespace ModularNetworks.Data;

/// <summary>A file cannot be had from its address.</summary>
/// <param name="address">The address.</param>
/// <param name="problem">The problem, in words that follow the address in a message.</param>
/// <param name="cause">The exception that reported the problem; null if there is none.</param>
internal sealed class UnavailableException(Uri address, string problem, Exception? cause = null)
    : Exception($"{address}: {problem.TrimEnd('.')}.", cause);
