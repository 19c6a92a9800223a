namespace ModularNetworks.Engine.Tests;

public sealed class RandomKeyTests
{
    private const int Count = 100_000;

    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    [Fact]
    public void Uniform_numbers_have_the_moments_of_the_uniform_distribution()
    {
        var numbers = Draw(i => Key.Uniform(i));
        Assert.All(numbers, number => Assert.True(number is >= 0 and < 1));
        Assert.Equal(0.5, numbers.Average(), 0.004);
        Assert.Equal(1.0 / 12, numbers.Average(number => (number - 0.5) * (number - 0.5)), 0.002);
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(8, 4)]
    [InlineData(256, 1)]
    public void Uniform_numbers_are_the_same_one_by_one_and_together(int first, int count)
    {
        var together = new float[count];
        Key.Uniforms((ulong)first, together);
        for (int i = 0; i < count; i++)
            Assert.Equal(Key.Uniform((ulong)(first + i)), together[i]);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var numbers = Draw(i => Key.Normal(i));
        Assert.Equal(0, numbers.Average(), 0.013);
        Assert.Equal(1, numbers.Average(number => number * number), 0.02);
        Assert.Equal(0, numbers.Average(number => number * number * number), 0.06);
        Assert.Equal(3, numbers.Average(number => number * number * number * number), 0.2);
    }

    [Fact]
    public void Exponential_numbers_have_the_moments_of_the_exponential_distribution()
    {
        var numbers = Draw(i => Key.Exponential(i));
        Assert.All(numbers, number => Assert.InRange(number, double.Epsilon, 40));
        Assert.Equal(1, numbers.Average(), 0.013);
        Assert.Equal(2, numbers.Average(number => number * number), 0.06);
        Assert.Equal(0, Enumerable.Range(0, Count - 1).Average(i => (numbers[i] - 1) * (numbers[i + 1] - 1)), 0.013);
    }

    [Fact]
    public void Neighbouring_normal_numbers_are_uncorrelated()
    {
        var numbers = Draw(i => Key.Normal(i));
        Assert.Equal(0, Enumerable.Range(0, Count - 1).Average(i => numbers[i] * numbers[i + 1]), 0.013);
    }

    [Fact]
    public void A_number_does_not_depend_on_the_order_of_asking()
    {
        uint late = Key.Bits(77);
        for (ulong i = 0; i < 77; i++)
            Key.Bits(i);
        Assert.Equal(late, Key.Bits(77));
    }

    [Fact]
    public void Numbers_of_split_keys_are_uncorrelated()
    {
        var first = Key.Split(0);
        var second = Key.Split(1);
        double covariance = Draw(i => (first.Uniform(i) - 0.5) * (second.Uniform(i) - 0.5)).Average();
        Assert.Equal(0, covariance, 0.0012);
        covariance = Draw(i => (first.Uniform(i) - 0.5) * (Key.Uniform(i) - 0.5)).Average();
        Assert.Equal(0, covariance, 0.0012);
    }

    [Fact]
    public void Split_keys_differ_from_each_other_and_from_their_parent()
    {
        var keys = Enumerable.Range(0, 10_000).Select(i => Key.Split((ulong)i)).Append(Key)
            .Append(Key.Split("a")).Append(Key.Split("b")).Append(RandomKey.FromSeed(2));
        Assert.Equal(10_004, keys.Distinct().Count());
    }

    [Fact]
    public void A_purpose_always_gives_the_same_key() => Assert.Equal(Key.Split("dropout"), Key.Split("dropout"));

    [Fact]
    public void Bounded_numbers_take_every_value_about_equally_often()
    {
        var counts = new int[7];
        for (ulong i = 0; i < 70_000; i++)
            counts[Key.Below(i, 7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void A_bound_must_be_positive() => Assert.Throws<ArgumentOutOfRangeException>(() => Key.Below(0, 0));

    [Fact]
    public void A_shuffle_is_a_permutation()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];
        Key.Shuffle(items);
        Assert.NotEqual(Enumerable.Range(0, 1000), items);
        Assert.Equal(Enumerable.Range(0, 1000), items.Order());
    }

    [Fact]
    public void A_shuffle_puts_every_item_everywhere_about_equally_often()
    {
        var counts = new int[3, 3];
        for (ulong i = 0; i < 9_000; i++)
        {
            int[] items = [0, 1, 2];
            Key.Split(i).Shuffle(items);
            for (int place = 0; place < 3; place++)
                counts[place, items[place]]++;
        }
        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 2_800, 3_200));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(65_537)]
    public void A_random_order_can_be_asked_for_single_places(int count)
    {
        int[] items = [.. Enumerable.Range(0, count).Select(place => Key.ItemAt(place, count))];
        Assert.Equal(Enumerable.Range(0, count), items.Order());
        if (count < 1000)
            return;
        Assert.NotEqual(items, Enumerable.Range(0, count).Select(place => Key.Split(1).ItemAt(place, count)));
        // Neighbours in the order are none among the items, but by chance.
        Assert.InRange(items.Zip(items.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) < count / 100), count / 100, count / 30);
    }

    [Fact]
    public void Places_of_the_longest_order_have_items()
    {
        Assert.All(Enumerable.Range(0, 1000), place => Assert.InRange(Key.ItemAt(int.MaxValue - 1 - place, int.MaxValue), 0, int.MaxValue - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Key.ItemAt(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Key.ItemAt(-1, 3));
    }

    private static double[] Draw(Func<ulong, double> number) =>
        [.. Enumerable.Range(0, Count).Select(i => number((ulong)i))];
}
