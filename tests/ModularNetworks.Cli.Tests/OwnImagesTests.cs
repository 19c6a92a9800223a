using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

/// <summary>Commands on images of one's own: idx files, and folders of the same pictures.</summary>
public sealed class OwnImagesTests : IDisposable
{
    private const int TrainImages = 300;
    private const int TestImages = 60;
    private const int Classes = 10;
    private const int Side = 12;

    private static readonly string[] Quick = ["--threads", "1", "--steps", "12", "--modules", "3", "--set", "batchSize=16"];

    private readonly TemporaryFolder _folder = new();

    public OwnImagesTests()
    {
        foreach (var (split, idx, count) in ((string, string, int)[])[("train", "train", TrainImages), ("test", "t10k", TestImages)])
        {
            Directory.CreateDirectory(_folder["idx"]);
            using var images = new GZipStream(File.Create(_folder[$"idx/{idx}-images-idx3-ubyte.gz"]), CompressionLevel.Fastest);
            images.Write(Header(count, Side, Side));
            using var labels = File.Create(_folder[$"idx/{idx}-labels-idx1-ubyte"]);
            labels.Write(Header(count));
            for (int n = 0; n < count; n++)
            {
                int label = n * n % 7 % Classes;
                byte[] pixels = [.. Enumerable.Range(0, Side * Side).Select(place => (byte)(((place % (label + 2)) * 90) + (place * n % 61)))];
                images.Write(pixels);
                labels.WriteByte((byte)label);
                Directory.CreateDirectory(_folder[$"folders/{split}/{label}"]);
                File.WriteAllBytes(_folder[$"folders/{split}/{label}/{n}.png"], PngFile.Encode(pixels, Side, Side, channels: 1));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--channels", "3")]
    [InlineData("--size", "9x14")]
    public void Idx_files_and_folders_of_the_same_pictures_make_the_same_run(params string[] further)
    {
        Run(["train", "images", "--data", _folder["idx"], "--out", _folder["a"], .. Quick, .. further]);
        Run(["train", "images", "--data", _folder["folders"], "--out", _folder["b"], .. Quick, .. further]);
        string[] files = [.. Directory.GetFiles(_folder["a"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder["a"], path))];
        string[] bits = [.. files.Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal) || name.EndsWith(".bin", StringComparison.Ordinal))];
        Assert.Equal(3, bits.Length);
        foreach (string name in (string[])[.. bits, "preprocessing.json", "snapshots.jsonl", "inspection.json"])
            Assert.Equal(File.ReadAllBytes(_folder[$"a/{name}"]), File.ReadAllBytes(_folder[$"b/{name}"]));
        Assert.Equal(Run("eval", _folder["a"]), Run("eval", _folder["b"]));
        // Each goes on on the data of the other, which the fingerprint finds to be the same.
        Run(["train", "images", "--resume", "--steps", "15", "--out", _folder["a"], "--data", _folder["folders"]]);
    }

    [Fact]
    public void From_training_to_measurement()
    {
        var transcript = new Transcript { HidesMeasurements = true };
        transcript.Replace(_folder.Path, "/somewhere");
        string run = _folder["run"], none = _folder["none"], folders = _folder["folders"];
        transcript.Run(["train", "images", "--data", _folder["idx"], "--out", run, .. Quick]);
        transcript.Run(["train", "images", "--data", _folder["idx/train-images-idx3-ubyte.gz"], "--out", _folder["colour"], "--channels", "3", "--size", "20x10", .. Quick]);
        transcript.Run("eval", run, "--data", folders);
        transcript.Run("train", "images", "--out", run, "--resume", "--size", "8");
        transcript.Run("train", "images", "--data", folders, "--out", none, "--size", "0");
        transcript.Run("train", "images", "--data", folders, "--out", none, "--size", "8x8x8");
        transcript.Run("train", "images", "--data", folders, "--out", none, "--channels", "2");
        transcript.Run("train", "images", "--data", folders, "--out", none, "--set", "channels=1");
        transcript.Run("train", "images", "--data", folders, "--out", none, "--set", "width=8");
        transcript.Run("train", "images", "--data", _folder["idx/train-labels-idx1-ubyte"], "--out", none);
        File.Delete(_folder["idx/t10k-labels-idx1-ubyte"]);
        transcript.Run("train", "images", "--data", _folder["idx"], "--out", none);
        byte[] picture = File.ReadAllBytes(_folder["folders/train/0/0.png"]);
        File.WriteAllBytes(_folder["folders/train/0/0.png"], picture[..^5]);
        transcript.Run("train", "images", "--data", folders, "--out", none);
        Assert.False(Directory.Exists(none));
        transcript.Check("own-images");
    }

    [Fact]
    public void Pictures_are_decoded_once_by_all_commands()
    {
        int decoded = 0;
        var experiments = BuiltInExperiments.With(new ImageCache(_folder["cache"]) { Decoded = (done, _) => decoded += done });
        Assert.Equal(0, Run(experiments, ["train", "images", "--data", _folder["folders"], "--out", _folder["run"], .. Quick]).ExitCode);
        Assert.Equal(TrainImages + TestImages, decoded);
        string measured = Run(experiments, "eval", _folder["run"]).Output;
        Assert.Equal(Run("eval", _folder["run"]), measured);
        Assert.Equal(TrainImages + TestImages, decoded);
        // Other pictures are other data.
        File.Copy(_folder["folders/test/0/0.png"], _folder["folders/test/0/1000.png"]);
        Assert.Equal(2, Run(experiments, "eval", _folder["run"]).ExitCode);
    }

    [Fact]
    public void A_run_of_an_earlier_version_had_three_channels()
    {
        Run(["train", "images", "--data", _folder["folders"], "--out", _folder["run"], "--channels", "3", "--size", "32", .. Quick]);
        string config = File.ReadAllText(_folder["run/config.json"]), measured = Run("eval", _folder["run"]);
        Assert.Contains("  \"channels\": 3,\n", config, StringComparison.Ordinal);
        File.WriteAllText(_folder["run/config.json"], config.Replace("  \"channels\": 3,\n", "", StringComparison.Ordinal));
        Assert.Equal(measured, Run("eval", _folder["run"]));
    }

    [Fact]
    public void The_sample_learns_the_pictures()
    {
        string picture = _folder["folders/test/1/1.png"];
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "OwnImages.dll"), _folder["folders"], _folder["sample"], picture])
            {
                RedirectStandardOutput = true,
            })!;
        string[] said = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("300 images of 1x12x12: 0, 1, 2, 4", said[0]);
        Assert.Equal("1.png: 1", said[^2]);
        Assert.Single(Directory.GetFiles(_folder["sample.cache"]));
    }

    private static byte[] Header(params int[] sizes)
    {
        var header = new byte[4 * (1 + sizes.Length)];
        (header[2], header[3]) = (8, (byte)sizes.Length);
        for (int axis = 0; axis < sizes.Length; axis++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * (1 + axis)), sizes[axis]);
        return header;
    }

    private static string Run(params string[] arguments)
    {
        var (exitCode, output) = Run(BuiltInExperiments.Catalogue, arguments);
        Assert.Equal(0, exitCode);
        return output;
    }

    private static (int ExitCode, string Output) Run(ExperimentCatalogue experiments, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        int exitCode = Transcript.Run(arguments, new DataLocation(null, "/no-cache"), output, output, experiments);
        return (exitCode, output.ToString());
    }
}
