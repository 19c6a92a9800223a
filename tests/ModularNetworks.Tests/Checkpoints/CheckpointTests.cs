using System.Text.Json;

namespace ModularNetworks.Tests;

public sealed class CheckpointTests
{
    private static readonly string[] Files =
        ["parameters.safetensors", "optimizer.safetensors", "compositions.bin", "state.json", "manifest.json"];

    public static TheoryData<string> FileNames => [.. Files[..^1]];

    [Theory]
    [InlineData(1)]
    [InlineData(8)] // As many as two whole rounds of E-step and M-steps.
    [InlineData(21)]
    public void A_run_that_goes_on_from_a_checkpoint_ends_like_one_that_was_not_interrupted(int interruption)
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new Checkpoint(folder.Path);
        using var whole = new ToyRun();
        whole.Train(40);
        using (var first = new ToyRun())
        {
            first.Train(interruption);
            checkpoint.Write(new Disk(), first.Network.Parameters, first.Trainer, "{\"best\":1}");
        }
        using var second = new ToyRun(threads: 2);
        second.Train(3); // What it did before reading does not matter.
        Assert.Equal("{\"best\":1}", checkpoint.Read(second.Network.Parameters, second.Trainer));
        second.Train(40 - interruption);
        whole.AssertSame(second);
    }

    [Fact]
    public void Only_the_newest_checkpoint_is_kept()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new Checkpoint(folder.Path);
        Assert.Null(checkpoint.NewestStep);
        using var run = new ToyRun();
        for (int i = 0; i < 3; i++)
        {
            run.Train(2);
            checkpoint.Write(new Disk(), run.Network.Parameters, run.Trainer, "{}");
        }
        checkpoint.Write(new Disk(), run.Network.Parameters, run.Trainer, "{}");
        Assert.Equal(6, checkpoint.NewestStep);
        string newest = Directory.GetDirectories(folder.Path).Single();
        Assert.Equal("step-000000006", Path.GetFileName(newest));
        Assert.Equal(Files.Order(), Directory.GetFiles(newest).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_a_killed_run_left_half_written_is_not_read_and_goes_away()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new Checkpoint(folder.Path + Path.DirectorySeparatorChar);
        string half = Path.Combine(folder.Path, "step-000000009.writing");
        Directory.CreateDirectory(half);
        Assert.Null(checkpoint.NewestStep);
        using var run = new ToyRun();
        run.Train(1);
        checkpoint.Write(new Disk(), run.Network.Parameters, run.Trainer, "{}");
        Assert.False(Directory.Exists(half));
        Assert.Equal(1, checkpoint.NewestStep);
    }

    [Fact]
    public void A_folder_without_a_checkpoint_is_named()
    {
        using var folder = new TemporaryFolder();
        using var run = new ToyRun();
        string missing = Path.Combine(folder.Path, "nothing");
        var error = Assert.Throws<CheckpointException>(
            () => new Checkpoint(missing).Read(run.Network.Parameters, run.Trainer));
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_missing_file_is_named(string file)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(WriteOne(folder), file);
        File.Delete(path);
        AssertRefused(folder, path);
    }

    [Theory]
    [InlineData("parameters.safetensors")]
    [InlineData("optimizer.safetensors")]
    [InlineData("compositions.bin")]
    public void A_file_that_is_cut_short_is_named(string file)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(WriteOne(folder), file);
        byte[] content = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 5, content.Length / 2, content.Length - 1 })
        {
            File.WriteAllBytes(path, content[..length]);
            AssertRefused(folder, path);
        }
    }

    [Fact]
    public void A_selection_of_a_module_that_does_not_exist_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(WriteOne(folder), "compositions.bin");
        byte[] content = File.ReadAllBytes(path);
        content[7] = 2;
        File.WriteAllBytes(path, content);
        AssertRefused(folder, path, "checksum");
        MakeFormat0(path);
        AssertRefused(folder, path, "module 2");
    }

    [Fact]
    public void Parameters_of_another_model_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(WriteOne(folder), "parameters.safetensors");
        var other = VectorNetwork.Create(layers: 2, modules: 3, picks: 1);
        var error = Assert.Throws<CheckpointException>(() => new Checkpoint(folder.Path).ReadParameters(other.Parameters));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("[3, 2, 2] in the model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_checkpoints_are_kept_as_asked_for()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new Checkpoint(folder.Path, kept: 2);
        using var run = new ToyRun();
        for (int i = 0; i < 4; i++)
        {
            run.Train(3);
            checkpoint.Write(new Disk(), run.Network.Parameters, run.Trainer, "{}");
        }
        Assert.Equal(["step-000000009", "step-000000012"], Directory.GetDirectories(folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(12, checkpoint.NewestStep);
    }

    [Fact]
    public void Later_ones_go_away_when_a_run_has_gone_on_from_an_earlier_one()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new Checkpoint(folder.Path, kept: 2);
        using (var longer = new ToyRun())
        {
            longer.Train(9);
            checkpoint.Write(new Disk(), longer.Network.Parameters, longer.Trainer, "{}");
        }
        Directory.CreateDirectory(folder["step-000000005.deleted"]);
        using var run = new ToyRun();
        run.Train(5);
        checkpoint.Write(new Disk(), run.Network.Parameters, run.Trainer, "{}");
        Assert.Equal(["step-000000005"], Directory.GetDirectories(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Every_changed_bit_is_found(string file)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(WriteOne(folder), file);
        byte[] content = File.ReadAllBytes(path);
        for (int bit = 0; bit < 8 * content.Length; bit += 1 + (content.Length / 5))
        {
            byte[] changed = [.. content];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, changed);
            AssertRefused(folder, path, "are there. Delete this checkpoint's folder");
        }
    }

    [Theory]
    [InlineData("", "is damaged")]
    [InlineData("null", "is damaged")]
    [InlineData("{}", "has no entry format")]
    [InlineData("""{"format":"1"}""", "is damaged")]
    [InlineData("""{"format":2}""", "is of format 2; this version reads formats 0 to 1")]
    [InlineData("""{"format":1}""", "has no entry step")]
    [InlineData("""{"format":1,"step":1}""", "not in the manifest")]
    [InlineData("""{"format":1,"step":2}""", "is a checkpoint of step 2, not of the step in its name")]
    [InlineData("""{"format":1,"step":1,"parts":{"parameters.safetensors":{"bytes":1}}}""", "does not tell its checksum")]
    public void Another_manifest_is_refused(string text, string named)
    {
        using var folder = new TemporaryFolder();
        string place = WriteOne(folder);
        File.WriteAllText(Path.Combine(place, "manifest.json"), text);
        AssertRefused(folder, place, named);
    }

    [Fact]
    public void The_manifest_names_every_file_but_itself()
    {
        using var folder = new TemporaryFolder();
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(WriteOne(folder), "manifest.json")));
        Assert.Equal(Files[..^1].Order(), manifest.RootElement.GetProperty("parts").EnumerateObject().Select(part => part.Name).Order());
    }

    [Fact]
    public void A_checkpoint_from_before_there_were_manifests_is_read()
    {
        using var folder = new TemporaryFolder();
        MakeFormat0(Path.Combine(WriteOne(folder), "state.json"));
        using var run = new ToyRun();
        Assert.Equal("{}", new Checkpoint(folder.Path).Read(run.Network.Parameters, run.Trainer));
        Assert.Equal("{}", new Checkpoint(folder.Path).ReadState());
    }

    private static void MakeFormat0(string file) => File.Delete(Path.Combine(Path.GetDirectoryName(file)!, "manifest.json"));

    private static string WriteOne(TemporaryFolder folder)
    {
        using var run = new ToyRun();
        run.Train(1);
        new Checkpoint(folder.Path).Write(new Disk(), run.Network.Parameters, run.Trainer, "{}");
        return Path.Combine(folder.Path, "step-000000001");
    }

    private static void AssertRefused(TemporaryFolder folder, string path, string named = "")
    {
        using var run = new ToyRun();
        var error = Assert.Throws<CheckpointException>(
            () => new Checkpoint(folder.Path).Read(run.Network.Parameters, run.Trainer));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
