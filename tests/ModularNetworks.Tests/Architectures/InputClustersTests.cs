using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class InputClustersTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Features_of_another_number_than_those_of_the_inputs_are_refused(int features)
    {
        float[][] rows = [[1, 2], [3, 4]];
        var error = Assert.Throws<ArgumentException>(() => InputClusters.Fit(rows, clusters: 1, RandomKey.FromSeed(1), new bool[features]));
        Assert.StartsWith($"InputClusters: {features} features are told; the inputs have 2.", error.Message, StringComparison.Ordinal);
    }
}
