namespace ModularNetworks.Data;

/// <summary>A transfer broke off in a way that may go better when it is tried again.</summary>
/// <param name="problem">What happened, in words that follow the address.</param>
/// <param name="cause">What told so, if anything.</param>
internal sealed class BrokenTransferException(string problem, Exception? cause = null) : Exception(problem, cause);
