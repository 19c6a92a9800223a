namespace ModularNetworks.Experiments.Tests;

public sealed class DamagedCheckpointTests
{
    private const string Newest = "run/checkpoint/step-000000012/";

    public static TheoryData<string> Files =>
        ["parameters.safetensors", "optimizer.safetensors", "compositions.bin", "state.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_missing_file_is_named(string file) => AssertRefused(file, File.Delete);

    [Theory]
    [MemberData(nameof(Files))]
    public void An_empty_file_is_refused(string file) => AssertRefused(file, path => File.WriteAllText(path, ""));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_was_cut_off_is_refused(string file) =>
        AssertRefused(file, path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]));

    [Theory]
    [MemberData(nameof(Files))]
    public void Another_kind_of_file_is_refused(string file) =>
        AssertRefused(file, path => File.WriteAllText(path, "[1, 2, 3] and many more, so that a header fits in"));

    [Fact]
    public void A_composition_of_modules_that_do_not_exist_is_refused() => AssertRefused("compositions.bin", path =>
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] = 3;
        File.WriteAllBytes(path, bytes);
    });

    [Fact]
    public void Every_flipped_bit_of_a_header_is_refused_or_harmless()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        string path = folder[Newest + "parameters.safetensors"];
        byte[] whole = File.ReadAllBytes(path);
        for (int bit = 0; bit < 8 * 120; bit += 11)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, damaged);
            var before = RunCase.Snapshot(folder["run"]);
            if (Record.Exception(() => RunCase.Resume(options with { Steps = 12 }, folder["run"])) is { } error)
            {
                Assert.IsType<CheckpointException>(error);
                Assert.Equal(before, RunCase.Snapshot(folder["run"]));
            }
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"seconds\":\"1\"}")]
    [InlineData("{\"seconds\":1,\"seconds\":2}")]
    public void A_state_that_says_something_else_is_refused(string text) =>
        AssertRefused("state.json", path => File.WriteAllText(path, text));

    [Fact]
    public void A_checkpoint_of_another_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        AssertRefused(folder, options with { Modules = 2 }, "modules.weight has shape [3, 2, 2] in the file, [2, 2, 2]");
        AssertRefused(folder, options with { Method = RunOptions.Fixed, Parallel = 3 }, "holds 4 tensors, the model has 2");
        AssertRefused(folder, (ToyOptions)options with { Points = 61 }, "compositions");
    }

    private static void AssertRefused(string file, Action<string> damage)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        damage(folder[Newest + file]);
        AssertRefused(folder, options, file);
    }

    private static void AssertRefused(TemporaryFolder folder, RunOptions options, string message)
    {
        var before = RunCase.Snapshot(folder["run"]);
        var error = Assert.Throws<CheckpointException>(() => RunCase.Resume(options, folder["run"]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(folder["run"], error.Message, StringComparison.Ordinal);
        Assert.Equal(before, RunCase.Snapshot(folder["run"]));
    }
}
