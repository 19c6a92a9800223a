using ModularNetworks.Data;
using ModularNetworks.Data.Tests;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>All readers, by name; each is made when it is wanted.</summary>
internal static class FuzzTargets
{
    private const string Checkpoint = "CHECKPOINT/";

    // The shares are such that none takes much longer than the others.
    private static readonly (string Name, double Share, Func<string, FuzzTarget> Create)[] Makers =
    [
        ("command-line", 0.3, _ => new CommandLineTarget()),
        ("set", 2, _ => new SettingTarget()),
        ("config", 3, _ => new ConfigTarget()),
        ("text", 2, name => new TextTarget(name, PennTreebank.TrainFile)),
        ("text-held-out", 2, name => new TextTarget(name, PennTreebank.ValidFile)),
        ("plain-characters", 2, name => new PlainTextTarget(name, TextUnit.Character)),
        ("plain-words", 2, name => new PlainTextTarget(name, TextUnit.Word)),
        ("plain-tokens", 1, name => new PlainTextTarget(name, TextUnit.Bpe)),
        ("other-text", 1, _ => new OtherTextTarget()),
        ("text-cache", 0.2, CacheTarget.OfText),
        ("archive", 1, name => new PackedArchiveTarget(name, "simple-examples.tgz", [SmallTreebank.Archive("./simple-examples/data/"), SmallTreebank.Archive(""), SmallArchive.Of()])),
        ("zip", 1, name => new PackedArchiveTarget(name, "simple-examples.zip", [SmallTreebank.Zip("simple-examples/data/"), SmallTreebank.Zip(""), SmallArchive.Zip()])),
        ("tar", 2, _ => new TarTarget()),
        ("xz", 0.1, _ => new XzTarget()),
        ("cifar", 0.3, name => new CifarTarget(name, Cifar10.TestFile)),
        ("cifar-names", 0.3, name => new CifarTarget(name, Cifar10.NamesFile)),
        ("idx", 0.3, _ => new IdxTarget()),
        ("optdigits", 2, _ => new OptdigitsTarget()),
        ("table", 3, _ => new TableTarget(hasHeader: false)),
        ("table-header", 3, _ => new TableTarget(hasHeader: true)),
        ("standard-input", 2, _ => new StandardInputTarget()),
        ("own-table", 2, _ => new OwnTableTarget()),
        ("other-table", 2, _ => new OtherTableTarget()),
        ("parquet", 0.25, _ => new ParquetTarget()),
        ("image", 3, _ => new ImageTarget()),
        ("image-cache", 0.05, CacheTarget.OfPictures),
        ("own-idx", 0.1, _ => new OwnIdxTarget()),
        ("image-folder", 0.15, _ => new ImageFolderTarget()),
        ("safetensors", 10, _ => new SafetensorsTarget()),
        ("predict", 0.3, _ => new PredictTarget()),
        ("regressor", 1, EstimatorTarget.Regressor),
        ("classifier", 1, EstimatorTarget.Classifier),
        ("language-model", 1, EstimatorTarget.LanguageModel),
        ("manifest", 0.15, name => new ResumeTarget(name, Checkpoint + CheckpointManifest.FileName)),
        ("parameters", 0.15, name => new ResumeTarget(name, Checkpoint + "parameters.safetensors")),
        ("optimizer", 0.15, name => new ResumeTarget(name, Checkpoint + "optimizer.safetensors")),
        ("compositions", 0.15, name => new ResumeTarget(name, Checkpoint + "compositions.bin")),
        ("state", 0.15, name => new ResumeTarget(name, Checkpoint + "state.json")),
        ("resume-metrics", 0.15, name => new ResumeTarget(name, RunFiles.Metrics)),
        ("resume-snapshots", 0.15, name => new ResumeTarget(name, RunFiles.Snapshots)),
        ("metrics", 0.12, name => new RunFileTarget(name, RunFiles.Metrics)),
        ("snapshots", 0.12, name => new RunFileTarget(name, RunFiles.Snapshots)),
        ("summary", 0.12, name => new RunFileTarget(name, RunFiles.Summary)),
        ("inspection", 0.12, name => new RunFileTarget(name, RunFiles.Inspection)),
        ("preprocessing", 0.12, name => new TextPreprocessingTarget(name, TextUnit.Character)),
        ("token-preprocessing", 0.12, name => new TextPreprocessingTarget(name, TextUnit.Bpe)),
        ("image-preprocessing", 0.12, _ => new ImagePreprocessingTarget()),
        ("table-preprocessing", 0.12, _ => new TablePreprocessingTarget()),
        ("comparison-plan", 0.02, name => new ComparisonTarget(name, ComparisonPlan.FileName)),
        ("comparison-time", 0.02, name => new ComparisonTarget(name, "time.json")),
        ("comparison-report", 1, _ => new ComparisonReportTarget()),
        ("foreign-run", 0.03, _ => new ForeignRunTarget()),
        ("foreign-resume", 0.03, _ => new ForeignResumeTarget()),
        ("foreign-model", 0.05, _ => new ForeignModelTarget()),
        ("foreign-comparison", 0.03, _ => new ForeignComparisonTarget()),
        ("foreign-data", 0.05, _ => new ForeignDataTarget()),
        ("board", 0.4, _ => new BoardTarget()),
        ("serve", 0.4, _ => new ServeTarget()),
        ("bench", 1, _ => new BenchReportTarget()),
        ("download", 0.25, _ => new DownloadTarget()),
    ];

    /// <summary>The names of all readers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Select(maker => maker.Name)];

    /// <summary>How many inputs a reader gets beside others.</summary>
    public static double ShareOf(string name) => Makers.Single(maker => maker.Name == name).Share;

    /// <summary>Makes the reader of a name.</summary>
    /// <exception cref="DataException">A program that it starts is not installed.</exception>
    public static FuzzTarget Create(string name) => Makers.Single(maker => maker.Name == name).Create(name);
}
