namespace ModularNetworks.Architecture.Tests;

/// <summary>Asserts that a search found no fault.</summary>
internal static class Faults
{
    /// <summary>Fails with all <paramref name="faults"/>, a line each, if there are any.</summary>
    public static void None(IEnumerable<string> faults)
    {
        string[] lines = [.. faults];
        Assert.True(lines.Length == 0, $"{lines.Length} faults:\n{string.Join('\n', lines)}");
    }
}
