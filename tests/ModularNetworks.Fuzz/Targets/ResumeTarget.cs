namespace ModularNetworks.Fuzz;

/// <summary>A file that <c>modnet train ... --resume</c> reads: a checkpoint's, or the lines of metrics.</summary>
internal sealed class ResumeTarget : FuzzTarget
{
    private const string Run = "run";

    private readonly ToyRun _run;
    private readonly string _file;
    private readonly bool _isJson;
    private readonly bool _isSealed;

    /// <summary>Reads inputs as one of the files.</summary>
    /// <param name="name">The reader's name.</param>
    /// <param name="file">The file in the run's folder; with <c>CHECKPOINT</c> for the newest checkpoint's.</param>
    public ResumeTarget(string name, string file)
    {
        Name = name;
        _run = new ToyRun(Sandbox, Run);
        _file = file.StartsWith("CHECKPOINT", StringComparison.Ordinal) ? _run.Checkpoint + file["CHECKPOINT".Length..] : $"{Run}/{file}";
        _isJson = file.Contains(".json", StringComparison.Ordinal);
        // What is not the manifest is checked against it.
        _isSealed = _file.StartsWith(_run.Checkpoint, StringComparison.Ordinal) && !file.EndsWith(CheckpointManifest.FileName, StringComparison.Ordinal);
        Samples = [Sandbox.Content(_file)];
    }

    public override string Name { get; }

    public override bool MayWrite => true;

    // A damaged line takes an exception for each time that it is read.
    public override int MostBytesPerByte => 1000;

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Draws draws) => _isJson ? JsonInputs.Of(draws, Samples) : base.Make(draws);

    public override void Prepare(byte[] input)
    {
        Sandbox.Put(_file, input);
        if (_isSealed)
            _run.Seal();
    }

    public override bool Read(byte[] input) => Accepts(_run.Resume);

    protected override void Dispose(bool disposing)
    {
        _run.Dispose();
        base.Dispose(disposing);
    }
}
