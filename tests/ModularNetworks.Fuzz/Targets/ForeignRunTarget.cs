using System.Text.Json;
using ModularNetworks.Board;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Fuzz;

/// <summary>A run folder with links, pipes, devices and growing files in it, as the report, the board and the tables read it.</summary>
internal sealed class ForeignRunTarget : FuzzTarget
{
    private const string Run = "run";

    private static readonly string[] Files =
    [
        RunFiles.Config, RunFiles.Summary, RunFiles.Inspection, RunFiles.Metrics, RunFiles.Snapshots, RunFiles.Divergence, RunFiles.Preprocessing, "lock",
    ];

    private readonly Impostors _impostors = new();
    private RunFollower? _follower;

    public ForeignRunTarget()
    {
        new ToyRun(Sandbox, Run).Dispose();
        new ToyRun(Sandbox, "other").Dispose();
    }

    public override string Name => "foreign-run";

    // A growing file of four megabytes, as bytes, as text, as JSON, and as messages.
    public override long MostBytes => 128 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples => [];

    private RunCatalogue Catalogue => new(Sandbox.Path);

    /// <summary>A file and what stands there, and again.</summary>
    public override byte[] Make(Draws draws) =>
        [.. Enumerable.Range(0, 1 + draws.Below(3)).SelectMany(_ => (byte[])[(byte)draws.Below(Files.Length), (byte)draws.Below(Impostors.All.Count)])];

    public override void Prepare(byte[] input)
    {
        _follower = new RunFollower(Catalogue);
        _follower.Look();
        foreach (byte[] pair in input.Chunk(2).DistinctBy(pair => pair[0]))
            _impostors.Put(Sandbox[$"{Run}/{Files[pair[0]]}"], Impostors.All[pair[1]]);
    }

    public override bool Read(byte[] input)
    {
        try
        {
            return Accepts(Report) & Accepts(ShowOnBoard) & Accepts(Tabulate);
        }
        finally
        {
            _impostors.TakeAway();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _impostors.Dispose();
        base.Dispose(disposing);
    }

    private void Report() => Impostors.RequireNoSecret((Utf8JsonWriter writer) => RunData.Read(Sandbox[Run], Run, RunDetail.Full).WriteTo(writer));

    private void ShowOnBoard()
    {
        var listed = Catalogue.Find().Select(ListedRun.Read).OfType<ListedRun>().ToArray();
        if (!listed.Any(run => run is { Name: "other", Problem: null }))
            throw new FuzzFailureException("the board does not list the sound run beside the other one");
        Impostors.RequireNoSecret(JsonSerializer.Serialize(listed));
        _follower!.Look().ToList().ForEach(shown => Impostors.RequireNoSecret(shown));
    }

    private void Tabulate()
    {
        var folder = RunFolder.Open(Sandbox[Run]);
        folder.ReadOptions(BuiltInExperiments.Catalogue);
        folder.ReadSummary();
        foreach (var log in (MetricsLog[])[folder.Metrics, folder.Snapshots])
            _ = log.Read().LastOrDefault();
    }
}
