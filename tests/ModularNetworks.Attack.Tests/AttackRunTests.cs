namespace ModularNetworks.Attack.Tests;

/// <summary>What must not be is found, and told with the command that shows it again.</summary>
public sealed class AttackRunTests
{
    private const ulong Seed = 3;

    private static readonly Surface Planted = Surface.OfPlantedFaults();

    [Theory]
    [InlineData(nameof(PlantedFaults.Unwritten), "two identical calls differ")]
    [InlineData(nameof(PlantedFaults.Forgetful), "two identical calls differ")]
    [InlineData(nameof(PlantedFaults.Unchecked), "IndexOutOfRangeException")]
    [InlineData(nameof(PlantedFaults.Unnamed), "ArgumentOutOfRangeException")]
    public void A_fault_is_found(string member, string problem)
    {
        var outcome = new Call(Planted, Seed, NumberOf(member)).Run();
        Assert.Equal(CallEnd.Failed, outcome.End);
        Assert.Contains(problem, outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PlantedFaults.Refusing), CallEnd.Refused)]
    [InlineData(nameof(PlantedFaults.Sound), CallEnd.Answered)]
    public void An_answer_and_a_refusal_are_no_faults(string member, object end) =>
        Assert.Equal(end, new Call(Planted, Seed, NumberOf(member)).Run().End);

    [Fact]
    public void A_crash_is_found_and_the_calls_go_on_in_another_process()
    {
        long crash = NumberOf(nameof(PlantedFaults.Crash)), count = Planted.Schedule.Count;
        var run = new AttackRun(
            Planted, Seed, (from, calls) => new ChildProcess([$"--child={from}", $"--calls={calls}", $"--seed={Seed}", "--planted"]), TextWriter.Null);
        run.Run(crash, count);
        var failure = Assert.Single(run.Failures, failure => failure.Number == crash);
        Assert.Contains("the process ended with exit code", failure.Problem, StringComparison.Ordinal);
        Assert.Contains($"tests/attack --seed {Seed} --only {crash}", $"{failure}", StringComparison.Ordinal);
        Assert.Equal(count, run.Counts.Values.Sum(counts => counts.Answered + counts.Refused + counts.Failed));
    }

    [Fact]
    public void A_hang_is_found_and_the_calls_go_on_in_another_process()
    {
        var callers = new Queue<Script>([new("0", "Answered ", "1"), new("2", "Refused ShapeException: No.")]);
        var run = new AttackRun(Planted, Seed, (_, _) => callers.Dequeue(), TextWriter.Null);
        run.Run(0, 3);
        Assert.Equal("still running after a minute", Assert.Single(run.Failures, failure => failure.Number == 1).Problem);
        Assert.Equal(3, run.Counts.Values.Sum(counts => counts.Answered + counts.Refused + counts.Failed));
    }

    private static long NumberOf(string member) =>
        Planted.Schedule.Index().First(entry => entry.Item.Method.Name == member).Index;

    /// <summary>Says some lines, and then nothing any more.</summary>
    private sealed class Script(params IEnumerable<string> lines) : ICaller
    {
        private readonly Queue<string> _lines = new(lines);

        public string? ReadLine() => _lines.TryDequeue(out string? line) ? line : throw new TimeoutException();

        public string End() => "";

        public void Dispose()
        {
        }
    }
}
