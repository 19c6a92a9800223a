using System.Text.Json;

namespace ModularNetworks.Board.Tests;

public sealed class RunTailTests
{
    [Fact]
    public void Tells_the_step_and_the_rate_of_the_newest_lines()
    {
        var tail = RunTail.Of(["p\":1}", """{"step":100,"seconds":10}""", "damaged", """{"step":300,"seconds":14}"""]);
        Assert.Equal(new RunTail(300, 50, null), tail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("""{"step":"x","seconds":[],"warnings":{},"train":7}""")]
    public void Of_damaged_lines_nothing_is_told(string line) => Assert.Equal(new RunTail(0, null, null), RunTail.Of([line]));

    [Fact]
    public void Tells_the_last_warning_with_its_step()
    {
        var tail = RunTail.Of(["""{"step":1000,"warnings":["layer a has collapsed.","layer b\nhas collapsed."]}""", """{"step":2000}"""]);
        Assert.Equal("step 1,000: layer b has collapsed.", tail.Alarm);
    }

    [Theory]
    [InlineData(-1, -4.9, null)]
    [InlineData(-1, -5.1, "step 2: the training gets worse: its log-likelihood fell from -1 to -5.1.")]
    [InlineData(-100, -1, null)]
    public void Tells_of_a_training_that_gets_much_worse(double before, double after, string? alarm)
    {
        string[] lines = [.. new[] { before, after }.Select((value, i) => JsonSerializer.Serialize(new { step = i + 1, train = new { logLikelihood = value } }))];
        Assert.Equal(alarm, RunTail.Of(lines).Alarm);
    }
}
