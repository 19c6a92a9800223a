using ModularNetworks.Engine;

namespace ModularNetworks.Distributed.Tests;

public sealed class ThreadRanksTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Each_rank_gets_what_all_have(int size)
    {
        byte[][] gathered = new byte[size][];
        ThreadRanks.Run(size, ranks =>
        {
            gathered[ranks.Rank] = new byte[2 * size];
            ranks.AllGather([(byte)ranks.Rank, 7], gathered[ranks.Rank]);
        });
        byte[] expected = [.. Enumerable.Range(0, size).SelectMany(rank => (byte[])[(byte)rank, 7])];
        Assert.All(gathered, all => Assert.Equal(expected, all));
    }

    [Fact]
    public void Numbers_are_added_up_on_all_ranks()
    {
        float[][] sums = new float[3][];
        ThreadRanks.Run(3, ranks =>
        {
            float[] values = [ranks.Rank, 10];
            ranks.AllReduce(values);
            sums[ranks.Rank] = values;
        });
        Assert.All(sums, values => Assert.Equal([3f, 30f], values));
    }

    [Fact]
    public void What_one_rank_has_is_told_to_all()
    {
        byte[] told = new byte[4];
        ThreadRanks.Run(4, ranks =>
        {
            byte[] bytes = [(byte)(ranks.Rank + 1)];
            ranks.Broadcast(bytes, root: 2);
            told[ranks.Rank] = bytes[0];
        });
        Assert.Equal([3, 3, 3, 3], told);
    }

    [Fact]
    public void Two_ranks_exchange()
    {
        byte[] received = new byte[2];
        ThreadRanks.Run(2, ranks => ranks.Exchange(1 - ranks.Rank, [(byte)(ranks.Rank + 5)], received.AsSpan(ranks.Rank, 1)));
        Assert.Equal([6, 5], received);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_rank_sends_another_number_of_bytes_to_each(int size) => ThreadRanks.Run(size, ranks =>
    {
        // Rank r sends r + i bytes to rank i; they tell where they come from and where they go to.
        int[] sentCounts = [.. Enumerable.Range(0, size).Select(other => ranks.Rank + other)];
        byte[] sent = [.. sentCounts.SelectMany((count, other) => Enumerable.Repeat((byte)((10 * ranks.Rank) + other), count))];
        byte[] expected = [.. sentCounts.SelectMany((count, other) => Enumerable.Repeat((byte)((10 * other) + ranks.Rank), count))];
        byte[] received = new byte[expected.Length];
        ranks.AllToAll(sent, sentCounts, received, sentCounts);
        Assert.Equal(expected, received);
    });

    [Fact]
    public void Counts_that_do_not_fit_are_refused() => ThreadRanks.Run(2, ranks =>
    {
        Assert.Contains("1 count given for 2 ranks", Refused([1], [1], [1, 0]));
        Assert.Contains("1 byte given to send; the counts say 2", Refused([1], [1, 1], [1, 0]));
        Assert.Contains("there is room for 1 byte; 3 will come", Refused([1], [1, 0], [2, 1]));

        string Refused(byte[] sent, int[] sentCounts, int[] receivedCounts) =>
            Assert.Throws<ArgumentException>(() => ranks.AllToAll(sent, sentCounts, new byte[1], receivedCounts)).Message;
    });

    [Fact]
    public void Memory_of_another_length_is_refused() => ThreadRanks.Run(2, ranks =>
    {
        Assert.Contains("there is room for 1 byte; 4 will come", Assert.Throws<ArgumentException>(() => ranks.AllGather([1, 2], new byte[1])).Message);
        Assert.Contains("there is room for 3 bytes; 2 will come", Assert.Throws<ArgumentException>(() => ranks.Exchange(1 - ranks.Rank, [1, 2], new byte[3])).Message);
    });

    [Fact]
    public void A_rank_that_fails_ends_those_that_wait_for_it()
    {
        var failure = Assert.Throws<AggregateException>(() => ThreadRanks.Run(3, ranks =>
        {
            if (ranks.Rank == 1)
                throw new InvalidOperationException("full disk");
            ranks.Barrier();
        }));
        Assert.Equal("full disk", Assert.Single(failure.InnerExceptions).Message);
    }
}
