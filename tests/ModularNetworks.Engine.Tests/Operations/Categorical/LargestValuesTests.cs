namespace ModularNetworks.Engine.Tests;

public sealed class LargestValuesTests
{
    [Fact]
    public void The_largest_comes_first() => Assert.Equal([3, 1, 4], Find([0, 5, -1, 9, 2], 3));

    [Fact]
    public void Of_equal_values_the_lower_place_comes_first()
    {
        Assert.Equal([0, 1], Find([7, 7, 7], 2));
        Assert.Equal([2, 1, 3], Find([0, 7, 8, 7, 7], 3));
    }

    [Fact]
    public void All_values_can_be_asked_for() => Assert.Equal([1, 0, 2], Find([3, 4, float.NegativeInfinity], 3));

    [Fact]
    public void What_is_not_a_number_comes_before_all_numbers()
    {
        Assert.Equal([2], Find([1, 5, float.NaN, 9, float.PositiveInfinity], 1));
        Assert.Equal([0, 2, 3], Find([float.NaN, 1, -float.NaN, 9, 4], 3));
    }

    [Fact]
    public void Numbers_of_any_size_and_sign_are_ordered()
    {
        float[] values =
        [
            -0f, float.MinValue, 0, float.NegativeInfinity, float.Epsilon, float.PositiveInfinity, -1, float.MaxValue,
            -float.Epsilon, 1, -1, float.BitIncrement(1), float.BitDecrement(-1),
        ];
        Assert.Equal([5, 7, 11, 9, 4, 0, 2, 8, 6, 10, 12, 1, 3], Find(values, values.Length));
    }

    [Fact]
    public void Random_values_come_in_the_order_of_sorting()
    {
        var key = RandomKey.FromSeed(12);
        for (int count = 1; count <= 40; count++)
        {
            float[] values = [.. Enumerable.Range(0, count).Select(i => key.Split((ulong)count).Below((ulong)i, 20) - 10)];
            int[] sorted = [.. Enumerable.Range(0, count).OrderByDescending(i => values[i])]; // stable
            for (int kept = 1; kept <= count; kept++)
                Assert.Equal(sorted[..kept], Find(values, kept));
        }
    }

    private static int[] Find(float[] values, int count)
    {
        int[] places = new int[count], fast = new int[count];
        LargestValues.Find<float>(values, places);
        LargestValues.FindFast(values, fast, new double[count]);
        Assert.Equal(places, fast);
        return places;
    }
}
