using System.Text.Json.Nodes;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>The <c>preprocessing.json</c> of a trained run on a text, which no checkpoint covers with a checksum.</summary>
internal sealed class PreprocessingTarget : FuzzTarget
{
    private const string Run = "run";
    private const string File = $"{Run}/{RunFiles.Preprocessing}";
    private const string Text = "own.txt";

    public PreprocessingTarget()
    {
        System.IO.File.WriteAllText(Sandbox[Text], string.Concat(Enumerable.Repeat("to be or not to be\n", 40)));
        var options = new PlainTextOptions { Data = Sandbox[Text], Modules = 2, Window = 5, Embedding = 2, Hidden = 2, BatchSize = 8, Steps = 1 };
        using var workers = new WorkerPool(1);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        var disk = new HastyDisk();
        new TrainingRun(experiment, options, NewRunFolder.Create(disk, Sandbox[Run], options), disk, new Silence()).Train(CancellationToken.None);
        Uncover(Sandbox[$"{Run}/checkpoint/step-{options.Steps:D9}"], options.Steps);
        Sandbox.PutAllThatIsThere();
        Samples = [Sandbox.Content(File)];
    }

    public override string Name => "preprocessing";

    // A model for the words is made before its checkpoint is read.
    public override long MostBytes => 4 * Megabyte;

    public override int MostBytesPerByte => 1000;

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override byte[] Make(Draws draws) => JsonInputs.Of(draws, Samples);

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() =>
    {
        var model = TextModel.Load(RunFolder.Open(Sandbox[Run]), Sandbox["none"]);
        _ = model.Continue(new EncodedText([], []), temperature: 1, RandomKey.FromSeed(1)).Take(5).Count();
    });

    /// <summary>Takes the checksums of files away from a checkpoint.</summary>
    private static void Uncover(string checkpoint, long step)
    {
        string state = Path.Join(checkpoint, "state.json"), manifest = Path.Join(checkpoint, CheckpointManifest.FileName);
        var written = JsonNode.Parse(System.IO.File.ReadAllText(state))!;
        written["record"]!.AsObject().Remove("files");
        System.IO.File.WriteAllText(state, written.ToJsonString());
        System.IO.File.Delete(manifest);
        System.IO.File.WriteAllBytes(manifest, CheckpointManifest.Make(checkpoint, step));
    }

    private sealed class Silence : IRunObserver
    {
        public void Progress(long step, long total)
        {
        }

        public void Logged(MetricsLine line)
        {
        }
    }
}
