namespace ModularNetworks.Distributed;

/// <summary>MPI cannot be used: its library is missing, or is not that of the launcher.</summary>
/// <param name="message">What was found and what to do, in one line.</param>
/// <param name="cause">What went wrong.</param>
public sealed class MpiException(string message, Exception? cause = null) : Exception(message, cause);
