namespace ModularNetworks.Data.Tests;

public sealed class ThriftWalkTests
{
    private static readonly ThriftShape Inner = ThriftShape.Struct(new ThriftShape(ThriftKind.Int32));

    private static readonly ThriftShape Shape =
        ThriftShape.Struct(new ThriftShape(ThriftKind.Int32), ThriftShape.List(Inner), new ThriftShape(ThriftKind.True), new ThriftShape(ThriftKind.Binary));

    [Fact]
    public void A_structure_is_walked_over_to_its_end()
    {
        // 1: -3; 2: two structures with 7 and 150; 3: false; 4: two bytes; 9: a double, which is not known; then other bytes.
        var walk = new ThriftWalk([0x15, 5, 0x19, 0x2C, 0x15, 14, 0, 0x15, 0xAC, 2, 0, 0x12, 0x18, 2, 8, 8, 0x57, 0, 0, 0, 0, 0, 0, 0, 0, 0, 99], Inner);
        var numbers = new Dictionary<int, long>();
        walk.Structure(Shape, numbers);
        Assert.Equal(26, walk.Position);
        Assert.Equal([new(1, -3)], numbers);
        Assert.Equal([7, 150], walk.Found.Select(found => found[1]));
    }

    [Theory]
    [InlineData(new byte[] { 0x15, 5 }, "it ends too early")]
    [InlineData(new byte[] { 0x18, 2, 0 }, "a value of the kind Binary stands where Int32 is expected")]
    [InlineData(new byte[] { 0x29, 0x15, 1, 0 }, "a value of the kind Int32 stands where Struct is expected")]
    [InlineData(new byte[] { 0x29, 0xFC, 0xFF, 0x7F, 0 }, "a list says that it has 16383 elements")]
    [InlineData(new byte[] { 0x15, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0 }, "a number has too many bytes")]
    [InlineData(new byte[] { 0x10, 0 }, "stands where Int32 is expected")]
    [InlineData(new byte[] { 0x6B, 1, 0x55, 2, 2, 0 }, "unknown kind 11")]
    public void What_a_decoder_would_stumble_on_is_refused(byte[] bytes, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => new ThriftWalk(bytes).Structure(Shape, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Lists_in_lists_and_structures_in_structures_end_soon()
    {
        Assert.Throws<FormatException>(() => new ThriftWalk([.. Enumerable.Repeat((byte)0x69, 1000)]).Structure(Shape, []));
        Assert.Throws<FormatException>(() => new ThriftWalk([.. Enumerable.Repeat((byte)0x6C, 1000)]).Structure(Shape, []));
    }
}
