using System.Text.Json.Nodes;
using ModularNetworks.Reporting;

namespace ModularNetworks.Browser.Tests;

/// <summary>A report of a run of every kind.</summary>
public sealed class SampleReport : IDisposable
{
    public const int ToyMeasurements = 8;

    private readonly TemporaryFolder _folder = new();

    public SampleReport()
    {
        ToyRun.Write(_folder["toy"], ToyMeasurements);
        ToyRun.Write(_folder["toy-two"], ToyMeasurements, seed: 2);
        new RunWriter(_folder["toy-one-line"], new Experiments.ToyOptions { Seed = 3 }).Metrics(ToyRun.Line(250, 0.5));
        _ = new RunWriter(_folder["toy-no-line"], new Experiments.ToyOptions { Seed = 4 });
        LanguageModelRun.Write(_folder["words"]);
        LanguageModelRun.WriteOld(_folder["words-old"]);
        LanguageModelRun.WriteBaseline(_folder["words-baseline"]);
        ImageRun.Write(_folder["images"]);
        string page = ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), [.. RunNames.Select(name => RunData.Read(_folder[name], name, RunDetail.Full))], [], [], out _);
        File.WriteAllText(_folder["report.html"], page);
    }

    public static IReadOnlyList<string> RunNames { get; } =
        ["toy", "toy-two", "toy-one-line", "toy-no-line", "words", "words-old", "words-baseline", "images"];

    public Uri Address => new(_folder["report.html"]);

    public void Dispose() => _folder.Dispose();

    /// <summary>The lines of a file of a run.</summary>
    public IReadOnlyList<JsonNode> Lines(string run, string file) =>
        [.. File.ReadLines(Path.Join(_folder[run], file)).Select(line => JsonNode.Parse(line)!)];
}
