using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>All readers, by name; each is made when it is wanted.</summary>
internal static class FuzzTargets
{
    private const string Checkpoint = "CHECKPOINT/";

    private static readonly (string Name, Func<string, FuzzTarget> Create)[] Makers =
    [
        ("command-line", _ => new CommandLineTarget()),
        ("set", _ => new SettingTarget()),
        ("config", _ => new ConfigTarget()),
        ("text", name => new TextTarget(name, PennTreebank.TrainFile)),
        ("text-held-out", name => new TextTarget(name, PennTreebank.ValidFile)),
        ("archive", _ => new PackedArchiveTarget()),
        ("tar", _ => new TarTarget()),
        ("xz", _ => new XzTarget()),
        ("cifar", name => new CifarTarget(name, Cifar10.TestFile)),
        ("cifar-names", name => new CifarTarget(name, Cifar10.NamesFile)),
        ("optdigits", _ => new OptdigitsTarget()),
        ("table", _ => new TableTarget(hasHeader: false)),
        ("table-header", _ => new TableTarget(hasHeader: true)),
        ("image", _ => new ImageTarget()),
        ("image-folder", _ => new ImageFolderTarget()),
        ("safetensors", _ => new SafetensorsTarget()),
        ("manifest", name => new ResumeTarget(name, Checkpoint + CheckpointManifest.FileName)),
        ("parameters", name => new ResumeTarget(name, Checkpoint + "parameters.safetensors")),
        ("optimizer", name => new ResumeTarget(name, Checkpoint + "optimizer.safetensors")),
        ("compositions", name => new ResumeTarget(name, Checkpoint + "compositions.bin")),
        ("state", name => new ResumeTarget(name, Checkpoint + "state.json")),
        ("resume-metrics", name => new ResumeTarget(name, RunFolder.MetricsFile)),
        ("resume-snapshots", name => new ResumeTarget(name, RunFolder.SnapshotsFile)),
        ("metrics", name => new RunFileTarget(name, RunFolder.MetricsFile)),
        ("snapshots", name => new RunFileTarget(name, RunFolder.SnapshotsFile)),
        ("summary", name => new RunFileTarget(name, RunFolder.SummaryFile)),
        ("inspection", name => new RunFileTarget(name, RunFolder.InspectionFile)),
        ("board", _ => new BoardTarget()),
        ("bench", _ => new BenchReportTarget()),
        ("download", _ => new DownloadTarget()),
    ];

    /// <summary>The names of all readers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Select(maker => maker.Name)];

    /// <summary>Makes the reader of a name.</summary>
    /// <exception cref="DataException">A program that it starts is not installed.</exception>
    public static FuzzTarget Create(string name) => Makers.Single(maker => maker.Name == name).Create(name);
}
