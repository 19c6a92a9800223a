using ModularNetworks.Data;

namespace ModularNetworks.Fuzz.Tests;

/// <summary>A short run of <c>tests/fuzz</c> over each reader.</summary>
public sealed class ReaderTests
{
    private const int MostInputs = 1500;

    public static TheoryData<string> Readers => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Bad_input_is_read_or_refused_with_one_line_within_the_memory_that_is_stated(string reader)
    {
        using var target = Create(reader);
        using var watchdog = new Watchdog(Environment.FailFast);
        var result = new FuzzRun(target, seed: 1, TimeProvider.System, watchdog).Run(Part.Whole.Numbers(CountFor(reader)), _ => { });
        Assert.Empty(result.Failures);
        // A reader that takes everything, or refuses everything at the door, would be tested little.
        Assert.True(result.Accepted > 0 || result.Inputs < MostInputs, $"{reader} accepted none of {result.Inputs} inputs");
    }

    [Fact]
    public void An_input_is_the_same_again_and_another_for_another_seed()
    {
        using var target = FuzzTargets.Create("tar");
        Assert.Equal(target.Make(Draws.Of(1, "tar", 7)), target.Make(Draws.Of(1, "tar", 7)));
        Assert.NotEqual(target.Make(Draws.Of(1, "tar", 7)), target.Make(Draws.Of(2, "tar", 7)));
    }

    // Fewer of those that start a process for each.
    private static int CountFor(string reader) => (int)Math.Clamp(MostInputs * FuzzTargets.ShareOf(reader), 10, MostInputs);

    private static FuzzTarget Create(string reader)
    {
        try
        {
            return FuzzTargets.Create(reader);
        }
        catch (DataException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }
}
