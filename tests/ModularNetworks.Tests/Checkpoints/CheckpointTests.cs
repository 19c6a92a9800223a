namespace ModularNetworks.Tests;

public sealed class CheckpointTests
{
    private static readonly string[] Files =
        ["parameters.safetensors", "optimizer.safetensors", "compositions.bin", "state.json"];

    public static TheoryData<string> FileNames => [.. Files];

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
            checkpoint.Write(first.Network.Parameters, first.Trainer, "{\"best\":1}");
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
            checkpoint.Write(run.Network.Parameters, run.Trainer, "{}");
        }
        checkpoint.Write(run.Network.Parameters, run.Trainer, "{}");
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
        checkpoint.Write(run.Network.Parameters, run.Trainer, "{}");
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

    private static string WriteOne(TemporaryFolder folder)
    {
        using var run = new ToyRun();
        run.Train(1);
        new Checkpoint(folder.Path).Write(run.Network.Parameters, run.Trainer, "{}");
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
