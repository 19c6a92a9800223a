namespace ModularNetworks.Engine.Tests;

/// <summary>Sizes whose product or sum no index can count: each is refused by its name, before anything is allocated.</summary>
public sealed class OverflowingSizesTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    public static TheoryData<int, int, int, int> Windows => new()
    {
        { 1, 1, 32768, 32767 }, // 65,536 positions in each direction
        { 1, 1, int.MaxValue, 1 },
        { 1, 1, int.MaxValue, int.MaxValue },
        { 65536, 1, 65536, 0 }, // a patch of 65,536 x 65,536
        { int.MaxValue, 1, int.MaxValue, 1 },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Windows_with_too_many_positions_or_places_are_refused(int size, int stride, int before, int after)
    {
        var window = new Window(size, stride, before, after);
        Assert.Throws<ShapeException>(() => new ImagePatches(new ImageShape(1, 1, 1), window));
        Assert.Throws<ShapeException>(() => new Convolution("c", new ImageShape(1, 1, 1), 1, window, Key));
        Assert.Throws<ShapeException>(() => Pooling.Max(new ImageShape(1, 1, 1), window));
    }

    [Theory]
    [InlineData(65536, 256, 256)]
    [InlineData(1, 65536, 65536)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(-1, 2, 2)]
    [InlineData(1, -2, -2)]
    public void Images_with_more_numbers_than_a_tensor_holds_have_no_count(int channels, int height, int width)
    {
        Assert.Throws<ShapeException>(() => new ImageShape(channels, height, width).Count);
        Assert.Throws<ShapeException>(() => new ImagePatches(new ImageShape(channels, height, width), new Window(1)));
    }

    [Fact]
    public void Images_that_do_not_fit_with_their_last_step_are_refused()
    {
        var image = new ImageShape(1, 40_000, 40_000);
        Assert.Throws<ShapeException>(() => new ImagePatches(image, new Window(1, 39_999)));
        Assert.Equal(4, new ImagePatches(new ImageShape(1, 20_000, 20_000), new Window(1, 19_999)).Positions);
    }

    [Fact]
    public void Filters_with_more_numbers_than_a_tensor_holds_are_refused()
    {
        var image = new ImageShape(1, 4096, 4096);
        Assert.Throws<ShapeException>(() => new Convolution("c", image, int.MaxValue, new Window(1), Key));
        Assert.Throws<ShapeException>(() => new ImagePatches(image, new Window(1)).Output(1 << 10).Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void A_window_without_size_or_stride_has_no_positions(int size, int stride) =>
        Assert.Throws<ShapeException>(() => new Window(size, stride).PositionsAlong(4));

    [Fact]
    public void Places_outside_a_patch_or_the_positions_are_refused()
    {
        var patches = new ImagePatches(new ImageShape(1, 3, 3), new Window(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => patches.PlaceOf(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => patches.PlaceOf(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => patches.PlaceOf(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(ImagePatches).PlaceOf(0, 0));
    }

    [Fact]
    public void Images_without_places_have_no_means()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        Assert.Throws<ShapeException>(() => tape.ChannelMeans(Tensor.Allocate(new Shape(2, 0)), new ImageShape(3, 0, 5)));
    }

    [Fact]
    public void Copies_of_distributions_beyond_what_a_tensor_holds_are_refused()
    {
        using var workers = new WorkerPool(1);
        var rows = new Tape(SimdKernels.Create(workers)).Categorical(Tensor.Allocate(new Shape(2, 3)));
        Assert.Throws<ShapeException>(() => rows.Repeat(1 << 20).Repeat(1 << 20));
    }

    [Fact]
    public void Kernels_reserve_and_divide_no_negative_sizes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reserve(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Kernels.CountBlocks(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Kernels.CountBlocks(-1, 5));
        Assert.Equal(1, Kernels.CountBlocks(int.MaxValue, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(int.MaxValue));

        static unsafe nint Reserve(long count) => (nint)new Scratch().Reserve(count);
    }
}
