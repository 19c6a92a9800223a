using ModularNetworks.Experiments;

namespace ModularNetworks.Benchmarks.Tests;

public sealed class BenchReportTests
{
    private static readonly Spread Some = new(2, 1, 3);

    private static readonly BenchReport Report = new(
        new DateOnly(2026, 1, 2),
        new Machine("processor", 2, "system", "runtime"),
        Threads: 2,
        Rounds: 3,
        Own: "own",
        Peer: "peer",
        [new PeakReport(1, Some, Some, Some)],
        [new CaseReport(BenchTopic.Lm, "M-step", Some, Some, Some, Some, Some, "E-step", Some),
            new CaseReport(BenchTopic.Toy, "alone", Some, null, null, null, null, null, null)],
        OwnResidentBytes: 10,
        PeerResidentBytes: null,
        ForeignCores: 0.5);

    [Fact]
    public void A_report_reads_as_it_was_written()
    {
        using var file = new TemporaryFile(Report.ToJson());
        var read = BenchReport.Read(file.Path);
        Assert.Equal(Report.Cases, read.Cases);
        Assert.Equal(Report.Peaks, read.Peaks);
        Assert.Equal(Report with { Cases = read.Cases, Peaks = read.Peaks }, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"cases\":[null],\"machine\":null}")]
    public void What_is_no_report_is_refused_by_name(string content)
    {
        using var file = new TemporaryFile(content);
        Assert.Contains(file.Path, Assert.Throws<BenchException>(() => BenchReport.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"name\": \"alone\"", "\"name\": null")]
    [InlineData("\"median\": 2", "\"median\": -2")]
    [InlineData("\"median\": 2", "\"median\": 1e400")]
    [InlineData("\"own\": {", "\"own\": null, \"was\": {")]
    [InlineData("\"gigaOperations\": {", "\"gigaOperations\": null, \"was\": {")]
    public void A_report_with_a_broken_part_is_refused(string part, string broken)
    {
        string json = Report.ToJson();
        Assert.Contains(part, json, StringComparison.Ordinal);
        using var file = new TemporaryFile(json.Replace(part, broken, StringComparison.Ordinal));
        Assert.Throws<BenchException>(() => BenchReport.Read(file.Path));
    }

    [Fact]
    public void A_cut_report_is_refused()
    {
        string json = Report.ToJson();
        for (int length = 0; length < json.TrimEnd().Length; length += 7)
        {
            using var file = new TemporaryFile(json[..length]);
            Assert.Throws<BenchException>(() => BenchReport.Read(file.Path));
        }
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string content) => File.WriteAllText(Path, content);

        public string Path { get; } = System.IO.Path.Join(System.IO.Path.GetTempPath(), $"modnet-{Guid.NewGuid():N}.json");

        public void Dispose() => File.Delete(Path);
    }
}
