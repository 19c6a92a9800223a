namespace ModularNetworks.Experiments.Tests;

public sealed class ReadDataTests
{
    [Fact]
    public void Data_are_read_once_for_each_of_the_last_two_seeds()
    {
        var data = new ReadData<string>();
        var reads = new List<ulong>();
        foreach (ulong seed in (ulong[])[1, 1, 2, 1, 3, 2, 3, 1])
            Assert.Equal($"data of {seed}", data.Of(seed, () => Read(seed)));
        Assert.Equal([1UL, 2, 3, 1], reads);

        string Read(ulong seed)
        {
            reads.Add(seed);
            return $"data of {seed}";
        }
    }
}
