namespace ModularNetworks.Data;

/// <summary>A transfer broke off; another trial may succeed.</summary>
/// <param name="problem">The problem, in words that follow the address in a message.</param>
/// <param name="cause">The exception that reported the problem; null if there is none.</param>
internal sealed class BrokenTransferException(string problem, Exception? cause = null) : Exception(problem, cause);
