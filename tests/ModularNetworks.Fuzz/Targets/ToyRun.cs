using System.Text.RegularExpressions;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>A small trained run, and what goes on with it.</summary>
internal sealed partial class ToyRun : IDisposable
{
    private static readonly ToyOptions Options = new()
    {
        Modules = 3,
        Points = 60,
        Starts = 1,
        BatchSize = 16,
        Steps = 40,
        Intervals = new() { LogEvery = 10, EvaluateEvery = 20, CheckpointEvery = 20 },
    };

    private readonly HastyDisk _disk = new();
    private readonly WorkerPool _workers = new(1);
    private readonly Experiment _experiment;
    private readonly Sandbox _sandbox;
    private readonly string _name;

    /// <summary>Trains it.</summary>
    /// <param name="sandbox">Where.</param>
    /// <param name="name">The name of the run's folder there.</param>
    public ToyRun(Sandbox sandbox, string name)
    {
        (_sandbox, _name) = (sandbox, name);
        _experiment = BuiltInExperiments.Catalogue.Create(Options, SimdKernels.Create(_workers));
        var folder = NewRunFolder.Create(_disk, sandbox[name], Options);
        var run = new TrainingRun(_experiment, Options, folder, _disk, new Silence());
        run.Train(CancellationToken.None);
        run.Summarize("1.2.3");
        foreach (string path in Directory.GetFiles(sandbox[name], "*.json*", SearchOption.AllDirectories))
            File.WriteAllText(path, Measured().Replace(File.ReadAllText(path), "${name}1"));
        foreach (string checkpoint in Directory.GetDirectories(sandbox[$"{name}/checkpoint"]))
            Seal(checkpoint);
        sandbox.PutAllThatIsThere();
    }

    /// <summary>The folder of the newest checkpoint, in the sandbox.</summary>
    public string Checkpoint => $"{_name}/checkpoint/step-{Options.Steps:D9}";

    /// <summary>Goes on with the run, up to the first step.</summary>
    public void Resume() => new TrainingRun(_experiment, Options, RunFolder.Open(_sandbox[_name]), _disk, new Silence()).Resume();

    /// <summary>Makes the manifest of the newest checkpoint fit its files, so that damage gets past the checksums.</summary>
    public void Seal() => Seal(_sandbox[Checkpoint]);

    public void Dispose() => _workers.Dispose();

    private static void Seal(string checkpoint)
    {
        string manifest = Path.Join(checkpoint, CheckpointManifest.FileName);
        File.Delete(manifest);
        File.WriteAllBytes(manifest, CheckpointManifest.Make(checkpoint, Options.Steps));
    }

    // Times and the like, which would make other samples in every process.
    [GeneratedRegex("(?<name>\"(seconds|wallSeconds|m|e|peakResidentBytes)\":\\s*)[-0-9.E+]+")]
    private static partial Regex Measured();

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
