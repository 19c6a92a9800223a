using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class VectorSetTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void A_datapoint_that_is_not_there_is_refused(int datapoint)
    {
        var set = VectorSet.OfClasses([[1, 2], [3, 4]], [0, 1]);
        Assert.Equal([3, 4], set.Load([1]).Inputs.Values.ToArray());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => set.Load([0, datapoint]));
        Assert.StartsWith($"VectorSet: datapoint {datapoint} is wanted; there are 0 to 1.", error.Message, StringComparison.Ordinal);
    }
}
