namespace ModularNetworks.Data.Tests;

public sealed class WindowedTextTests
{
    [Theory]
    [InlineData(4, 1)]
    [InlineData(6, 1)]
    [InlineData(7, 2)]
    [InlineData(929_589, 309_862)]
    public void The_word_after_the_last_window_must_exist(int words, int windows) =>
        Assert.Equal(windows, new WindowedText(new int[words], 3).Count);

    [Fact]
    public void Windows_are_laid_out_time_major()
    {
        var text = new WindowedText(Enumerable.Range(10, 9).ToArray(), 3);
        int[] inputs = new int[6], targets = new int[6];
        text.CopyTo([1, 0], inputs, targets);
        Assert.Equal([13, 10, 14, 11, 15, 12], inputs);
        Assert.Equal([14, 11, 15, 12, 16, 13], targets);
    }

    [Fact]
    public void All_windows_together_are_the_text()
    {
        var text = new WindowedText(Enumerable.Range(0, 100).ToArray(), 7);
        var seen = new List<int>();
        int[] inputs = new int[7], targets = new int[7];
        for (int window = 0; window < text.Count; window++)
        {
            text.CopyTo([window], inputs, targets);
            seen.AddRange(inputs);
            Assert.Equal(inputs.Select(word => word + 1), targets);
        }
        Assert.Equal(Enumerable.Range(0, 98), seen);
    }

    [Fact]
    public void A_text_that_fills_no_window_is_refused()
    {
        var error = Assert.Throws<DataException>(() => new WindowedText(new int[35], 35));
        Assert.Contains("has 35 words; a window of 35 and the word after it need 36", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spans_of_the_wrong_size_and_unknown_windows_are_refused()
    {
        var text = new WindowedText(new int[9], 3);
        var error = Assert.Throws<ArgumentException>(() => text.CopyTo([0], new int[3], new int[2]));
        Assert.Contains("hold 3 and 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => text.CopyTo([2], new int[3], new int[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.CopyTo([-1], new int[3], new int[3]));
    }

    [Fact]
    public void Copying_allocates_nothing()
    {
        var text = new WindowedText(new int[1000], 35);
        int[] windows = [3, 1, 2], inputs = new int[105], targets = new int[105];
        Allocations.AssertNone(() => text.CopyTo(windows, inputs, targets));
    }
}
