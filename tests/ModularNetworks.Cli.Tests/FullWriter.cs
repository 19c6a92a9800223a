namespace ModularNetworks.Cli.Tests;

/// <summary>A standard output whose disk is full.</summary>
internal sealed class FullWriter : StringWriter
{
    public override void WriteLine(string? value) => throw new IOException("No space left on device");
}
