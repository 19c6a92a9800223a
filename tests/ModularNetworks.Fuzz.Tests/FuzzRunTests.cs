namespace ModularNetworks.Fuzz.Tests;

/// <summary>Tests that faults of readers are found.</summary>
public sealed class FuzzRunTests
{
    [Fact]
    public void A_crash_is_found_and_told_with_how_to_see_it_again()
    {
        var failure = Assert.Single(Failures(new Sample(_ => throw new InvalidOperationException("broken"))));
        Assert.Contains("unexpected InvalidOperationException: broken", $"{failure}", StringComparison.Ordinal);
        Assert.Contains("tests/fuzz --reader sample --seed 3 --input 5", $"{failure}", StringComparison.Ordinal);
    }

    [Fact]
    public void Too_much_memory_is_found()
    {
        var failure = Assert.Single(Failures(new Sample(_ => GC.KeepAlive(new byte[4 << 20]))));
        Assert.Contains("bytes were allocated", failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_written_is_found()
    {
        var failure = Assert.Single(Failures(new Sample(sandbox => File.WriteAllText(sandbox["input"], "b"))));
        Assert.Contains("input was written", failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_outside_of_the_sandbox_is_found()
    {
        var failure = Assert.Single(Failures(new Sample(sandbox => File.WriteAllText(sandbox["../escaped"], ""))));
        Assert.Contains("outside of the sandbox", failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_none_of_these() =>
        Assert.Empty(Failures(new Sample(_ => throw new Data.DataException("No."))));

    [Fact]
    public void Processes_take_every_input_once_and_their_outcomes_are_added_up()
    {
        long[][] taken = [.. Enumerable.Range(0, 3).Select(index => Part.Parse($"{new Part(index, 3)}").Numbers(7).ToArray())];
        Assert.Equal([[0, 3, 6], [1, 4], [2, 5]], taken);
        var failure = new FuzzFailure("sample", 1, 2, "broken", "");
        var sum = new FuzzResult("sample", 3, 2, 10, TimeSpan.FromSeconds(2), []).And(new("sample", 4, 1, 20, TimeSpan.FromSeconds(1), [failure]));
        Assert.Equal(("sample", 7L, 3L, 3L, 20L), (sum.Reader, sum.Inputs, sum.Accepted, sum.Refused, sum.LargestAllocation));
        Assert.Equal((TimeSpan.FromSeconds(2), failure), (sum.Slowest, Assert.Single(sum.Failures)));
    }

    private static IReadOnlyList<FuzzFailure> Failures(Sample target)
    {
        using (target)
        {
            using var watchdog = new Watchdog(Environment.FailFast);
            return new FuzzRun(target, seed: 3, TimeProvider.System, watchdog).Run([5], _ => { }).Failures;
        }
    }

    private sealed class Sample(Action<Sandbox> read) : FuzzTarget
    {
        public override string Name => "sample";

        protected override IReadOnlyList<byte[]> Samples { get; } = [[1, 2, 3]];

        public override void Prepare(byte[] input) => Sandbox.Put("input", input);

        public override bool Read(byte[] input) => Accepts(() => read(Sandbox));
    }
}
