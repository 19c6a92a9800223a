using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>A run folder with links, pipes, devices and growing files in it, as <c>modnet train ... --resume</c> reads it.</summary>
internal sealed class ForeignResumeTarget : FuzzTarget
{
    private const string Run = "run";

    private readonly Impostors _impostors = new();
    private readonly ToyRun _run;
    private readonly string[] _places;

    public ForeignResumeTarget()
    {
        _run = new ToyRun(Sandbox, Run);
        _places =
        [
            .. ((string[])["manifest.json", "parameters.safetensors", "optimizer.safetensors", "compositions.bin", "state.json"])
                .Select(name => $"{_run.Checkpoint}/{name}"),
            _run.Checkpoint, $"{Run}/checkpoint",
            .. ((string[])[RunFiles.Config, RunFiles.Metrics, RunFiles.Snapshots, "config.json.writing", "metrics.jsonl.writing"]).Select(name => $"{Run}/{name}"),
        ];
    }

    public override string Name => "foreign-resume";

    public override bool MayWrite => true;

    // A growing file of four megabytes, as bytes, as text and as JSON.
    public override long MostBytes => 128 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples => [];

    public override byte[] Make(Draws draws) => [(byte)draws.Below(_places.Length), (byte)draws.Below(Impostors.All.Count)];

    public override void Prepare(byte[] input) => _impostors.Put(Sandbox[_places[input[0]]], Impostors.All[input[1]]);

    public override bool Read(byte[] input)
    {
        try
        {
            return Accepts(_run.Resume);
        }
        finally
        {
            _impostors.TakeAway();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _run.Dispose();
        _impostors.Dispose();
        base.Dispose(disposing);
    }
}
