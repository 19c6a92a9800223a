namespace ModularNetworks.Engine.Tests;

/// <summary>The known answers for philox4x32 with ten rounds that the Random123 distribution ships.</summary>
public sealed class PhiloxTests
{
    [Fact]
    public void Zero_key_and_counter_give_the_published_block() =>
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Block(0, 0, 0));

    [Fact]
    public void Key_and_counter_of_ones_give_the_published_block() =>
        Assert.Equal(
            (0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu),
            Philox.Block(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue));

    [Fact]
    public void The_digits_of_pi_give_the_published_block() =>
        Assert.Equal(
            (0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
            Philox.Block(0x299f31d0a4093822, 0x85a308d3243f6a88, 0x0370734413198a2e));
}
