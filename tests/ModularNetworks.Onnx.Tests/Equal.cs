namespace ModularNetworks.Onnx.Tests;

/// <summary>Asserts that a file answers as the network does.</summary>
internal static class Equal
{
    private const double Tolerance = 1e-5;

    /// <summary>Numbers are equal within 1e-5 of their unit, and larger ones within that share.</summary>
    public static void Numbers(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double unit = 1)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - actual[i]);
            Assert.True(difference <= Tolerance * Math.Max(unit, Math.Abs(expected[i])), $"number {i} is {actual[i]:R}; {expected[i]:R} is expected.");
        }
    }
}
