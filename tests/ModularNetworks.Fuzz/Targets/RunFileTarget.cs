using System.Buffers;
using System.Text;
using System.Text.Json;
using ModularNetworks.Board;
using ModularNetworks.Cli;
using ModularNetworks.Cli.Inspection;
using ModularNetworks.Data;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;
using Spectre.Console;

namespace ModularNetworks.Fuzz;

/// <summary>A file of a run folder, as the report, the board, the tables of the paper and modnet inspect read it.</summary>
internal sealed class RunFileTarget : FuzzTarget
{
    private const string Run = "run";

    private static readonly InspectionText Inspections = new(
        new CliContext(CreateConsole, TextWriter.Null, TextWriter.Null, new DataLocation(DataFolder: null, CacheFolder: null)));

    private readonly string _file;
    private RunFollower? _follower;

    /// <summary>Reads inputs as one of the files.</summary>
    /// <param name="name">The reader's name.</param>
    /// <param name="file">The file; the others are sound.</param>
    public RunFileTarget(string name, string file)
    {
        (Name, _file) = (name, $"{Run}/{file}");
        using var run = new ToyRun(Sandbox, Run);
        if (file == RunFiles.Metrics)
            Sandbox.Put($"{Run}/{RunFiles.Summary}", Encoding.UTF8.GetBytes(SmallResults.Of(RunFiles.Summary).Last()));
        Samples = [Sandbox.Content(_file), .. SmallResults.Of(file).Select(Encoding.UTF8.GetBytes)];
    }

    public override string Name { get; }

    public override long MostBytes => 2 * Megabyte;

    // The file as bytes, as text, as JSON, and as JSON for a page and for the board; a damaged line takes an exception for each.
    public override int MostBytesPerByte => 1000;

    protected override IReadOnlyList<byte[]> Samples { get; }

    private RunCatalogue Catalogue => new(Sandbox.Path);

    public override byte[] Make(Draws draws) => JsonInputs.Of(draws, Samples);

    public override void Prepare(byte[] input)
    {
        // The board reads what is added to a file after its first look.
        Sandbox.Put(_file, []);
        _follower = new RunFollower(Catalogue);
        _follower.Look();
        Sandbox.Put(_file, input);
    }

    public override bool Read(byte[] input) => Accepts(Report) & Accepts(ShowOnBoard) & Accepts(Tabulate) & Accepts(Inspect);

    private static IAnsiConsole CreateConsole() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(TextWriter.Null) });

    private void Report()
    {
        using var writer = new Utf8JsonWriter(new ArrayBufferWriter<byte>());
        RunData.Read(Sandbox[Run], Run, RunDetail.Full).WriteTo(writer);
    }

    private void ShowOnBoard()
    {
        foreach (var run in Catalogue.Find())
            ListedRun.Read(run);
        _follower!.Look();
    }

    private void Inspect()
    {
        if (RunFolder.Open(Sandbox[Run]).ReadInspection() is { } kept)
            Inspections.Print(kept);
    }

    private void Tabulate()
    {
        var folder = RunFolder.Open(Sandbox[Run]);
        if (folder.ReadSummary() is not { } summary)
            return;
        if (summary.Experiment == PennTreebankOptions.Name)
            RunResult.Read(Run, summary);
        else if (summary.Experiment == OptdigitsOptions.Name)
            Figure6Result.Read(Run, summary, folder.Metrics.Read());
    }
}
