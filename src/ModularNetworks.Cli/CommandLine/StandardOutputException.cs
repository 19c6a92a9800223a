namespace ModularNetworks.Cli.CommandLine;

/// <summary>
/// Standard output cannot be written to. Not an <see cref="IOException"/>, which would be put down to the files or the network that the
/// writing command works with.
/// </summary>
/// <param name="failure">The cause.</param>
internal sealed class StandardOutputException(Exception failure)
    : Exception($"standard output: {failure.Message.TrimEnd('.')}. Lead it elsewhere, such as to a file or to /dev/null.", failure);
