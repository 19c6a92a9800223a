using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks.Tests;

public sealed class BenchCasesTests
{
    // Their weights alone take a quarter of a gigabyte and more.
    private static readonly string[] TooLarge = ["M = 1024", "M = 65536"];

    // Steps of larger models take seconds.
    private const double MostOperationsOfSizes = 1e9;

    public static TheoryData<BenchTopic, string> CasesInProcess() =>
    [
        .. BenchCases.Of(Enum.GetValues<BenchTopic>().Except([BenchTopic.Startup]))
            .Where(what => !TooLarge.Any(size => what.Name.Contains(size, StringComparison.Ordinal)))
            .Where(what => what.Topic != BenchTopic.Sizes || what.Work!.Operations < MostOperationsOfSizes)
            .Select(what => (what.Topic, what.Name)),
    ];

    [Theory]
    [MemberData(nameof(CasesInProcess))]
    public void Every_case_can_be_done_twice(BenchTopic topic, string name)
    {
        using WorkerPool all = new(threadCount: 2), one = new(threadCount: 1);
        var setup = new BenchSetup(SimdKernels.Create(all), SimdKernels.Create(one), RandomKey.FromSeed(1));
        var step = BenchCases.Of(topic).Single(what => what.Name == name).Prepare(setup);
        step();
        step();
    }

    [Fact]
    public void Names_are_unique_in_their_topic_and_comparisons_name_a_case_of_it()
    {
        foreach (var topic in Enum.GetValues<BenchTopic>())
        {
            var cases = BenchCases.Of(topic);
            string[] names = [.. cases.Select(what => what.Name)];
            Assert.NotEmpty(names);
            Assert.Distinct(names);
            Assert.All(cases, what => Assert.True(what.Beside is null || names.Contains(what.Beside)));
        }
    }

    [Theory]
    [InlineData("pytorch", "serve.py", "'{0}':")]
    [InlineData("torchsharp", "Requests.cs", "\"{0}\" =>")]
    public void Each_peer_knows_every_request(string folder, string file, string entry)
    {
        string peer = File.ReadAllText(Path.Join(AppContext.BaseDirectory, "peers", folder, file));
        Assert.All(
            BenchCases.Of(Enum.GetValues<BenchTopic>()).Where(what => what.PeerRequest is not null),
            what => Assert.Contains(string.Format(CultureInfo.InvariantCulture, entry, what.PeerRequest!.Split(' ')[0]), peer, StringComparison.Ordinal));
    }
}
