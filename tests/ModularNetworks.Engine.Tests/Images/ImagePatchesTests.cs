namespace ModularNetworks.Engine.Tests;

public sealed class ImagePatchesTests
{
    [Theory]
    [InlineData(32, 3, 2, 0, 1, 16)]
    [InlineData(32, 3, 1, 1, 1, 32)]
    [InlineData(7, 3, 2, 0, 0, 3)]
    [InlineData(8, 3, 2, 0, 0, 3)]
    [InlineData(1, 1, 5, 0, 0, 1)]
    [InlineData(2, 5, 1, 2, 2, 2)]
    public void The_window_has_as_many_positions_as_fit(int length, int size, int stride, int before, int after, int count)
    {
        var patches = new ImagePatches(new ImageShape(2, length, length), new Window(size, stride, before, after));
        Assert.Equal((count, count, count * count), (patches.Rows, patches.Columns, patches.Positions));
        Assert.Equal(2 * size * size, patches.Size);
        Assert.Equal(new ImageShape(7, count, count), patches.Output(7));
    }

    [Fact]
    public void Numbers_of_a_patch_lie_in_the_order_channel_row_column_and_padding_lies_nowhere()
    {
        var patches = new ImagePatches(new ImageShape(2, 3, 4), new Window(2, 2, 1, 0));
        Assert.Equal((2, 2), (patches.Rows, patches.Columns));
        int[] Places(int position) => [.. Enumerable.Range(0, patches.Size).Select(entry => patches.PlaceOf(position, entry))];
        Assert.Equal([-1, -1, -1, 0, -1, -1, -1, 12], Places(0));
        Assert.Equal([-1, -1, 1, 2, -1, -1, 13, 14], Places(1));
        Assert.Equal([-1, 4, -1, 8, -1, 16, -1, 20], Places(2));
        Assert.Equal([5, 6, 9, 10, 17, 18, 21, 22], Places(3));
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        Refuses(new ImageShape(3, 2, 9), new Window(3), "3x3 with stride 1 and padding 0+0", "3x2x9");
        Refuses(new ImageShape(0, 2, 9), new Window(1), "0x2x9", "at least 1");
        Refuses(new ImageShape(1, 2, 9), new Window(1, 0), "stride 0", "at least 1");
        Refuses(new ImageShape(1, 2, 9), new Window(1, 1, -1), "padding -1+0", "at least 0");
    }

    private static void Refuses(ImageShape image, Window window, params ReadOnlySpan<string> parts)
    {
        var error = Assert.Throws<ShapeException>(() => new ImagePatches(image, window));
        foreach (string part in parts)
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
