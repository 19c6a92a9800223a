using System.Text.Json.Nodes;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>The <c>preprocessing.json</c> of a trained run, which no checkpoint covers with a checksum.</summary>
/// <param name="name">The reader's name.</param>
internal abstract class PreprocessingTarget(string name) : FuzzTarget
{
    private const string Run = "run";
    private const string File = $"{Run}/{RunFiles.Preprocessing}";

    private IReadOnlyList<byte[]> _samples = [];

    public sealed override string Name => name;

    public sealed override int MostBytesPerByte => 1000;

    protected sealed override IReadOnlyList<byte[]> Samples => _samples;

    public sealed override byte[] Make(Draws draws) => JsonInputs.Of(draws, Samples);

    public sealed override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public sealed override bool Read(byte[] input) => Accepts(() => Use(RunFolder.Open(Sandbox[Run])));

    /// <summary>Loads the run and applies it.</summary>
    protected abstract void Use(RunFolder run);

    /// <summary>Trains the run for a step.</summary>
    protected void Train(RunOptions options, Func<Kernels, Experiment> create)
    {
        using var workers = new WorkerPool(1);
        var disk = new HastyDisk();
        var folder = NewRunFolder.Create(disk, Sandbox[Run], options);
        new TrainingRun(create(SimdKernels.Create(workers)), options, folder, disk, new Silence()).Train(CancellationToken.None);
        Uncover(Sandbox[$"{Run}/checkpoint/step-{options.Steps:D9}"], options.Steps);
        Sandbox.PutAllThatIsThere();
        _samples = [Sandbox.Content(File)];
    }

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
