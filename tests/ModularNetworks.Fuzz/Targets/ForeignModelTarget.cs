using ModularNetworks.Experiments;
using ModularNetworks.Serving.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>
/// Runs with links, pipes, devices and growing files in them, as <c>predict</c>, <c>generate</c>, <c>serve</c> and <c>export</c> load what was
/// trained.
/// </summary>
internal sealed class ForeignModelTarget : FuzzTarget
{
    private readonly Impostors _impostors = new();
    private readonly (string Run, string Place)[] _places;

    public ForeignModelTarget()
    {
        _places =
        [
            .. PlacesOf(SmallModels.Table(Sandbox["table"])), .. PlacesOf(SmallModels.Text(Sandbox["text"])), .. PlacesOf(SmallModels.Images(Sandbox["images"])),
        ];
        Sandbox.PutAllThatIsThere();
    }

    public override string Name => "foreign-model";

    // A growing file of four megabytes, as bytes, as text and as JSON.
    public override long MostBytes => 128 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples => [];

    public override byte[] Make(Draws draws) => [(byte)draws.Below(_places.Length), (byte)draws.Below(Impostors.All.Count)];

    public override void Prepare(byte[] input) => _impostors.Put(Path.Join(_places[input[0]].Run, _places[input[0]].Place), Impostors.All[input[1]]);

    public override bool Read(byte[] input)
    {
        string run = _places[input[0]].Run;
        try
        {
            return Accepts(() => Load(run));
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

    private void Load(string path)
    {
        var run = RunFolder.Open(path);
        switch (Path.GetFileName(path))
        {
            case "table":
                TableModel.Load(run, Sandbox["none"]);
                break;
            case "text":
                TextModel.Load(run, Sandbox["none"]);
                break;
            default:
                ImageModel.Load(run, Sandbox["none"]);
                break;
        }
    }

    /// <summary>The files and folders of a run, and the folder itself.</summary>
    private static IEnumerable<(string Run, string Place)> PlacesOf(string run) => Directory.GetFileSystemEntries(run, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => (run, Path.GetRelativePath(run, path))).Prepend((run, ""));
}
