namespace ModularNetworks.Experiments.Tests;

/// <summary>What stands in the folder of a run in place of its files.</summary>
public sealed class ForeignFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public ForeignFilesTests() => _run = NewRunFolder.Create(new Disk(), _folder["run"], new ToyOptions());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("config.json")]
    [InlineData("summary.json")]
    [InlineData("diverged.txt")]
    public void A_pipe_is_not_waited_for(string name)
    {
        NamedPipe.Make(Clear(name));
        Assert.Contains("is a pipe", Refusal(name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("summary.json")]
    [InlineData("diverged.txt")]
    public void A_link_out_of_the_folder_is_not_followed(string name)
    {
        File.CreateSymbolicLink(Clear(name), "/dev/zero");
        Assert.Contains("leads outside", Refusal(name), StringComparison.Ordinal);
        using (var large = File.Create(_folder["large"]))
            large.SetLength(300 << 20);
        File.CreateSymbolicLink(Clear(name), _folder["large"]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("leads outside", Refusal(name), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_link_within_the_folder_is_followed()
    {
        File.Move(_folder["run/config.json"], _folder["run/options.json"]);
        File.CreateSymbolicLink(_folder["run/config.json"], "options.json");
        Assert.Equal(new ToyOptions(), _run.ReadOptions(BuiltInExperiments.Catalogue));
    }

    [Fact]
    public void Lines_of_a_pipe_and_of_a_file_outside_are_not_read()
    {
        NamedPipe.Make(Clear(RunFiles.Metrics));
        Assert.Contains("is a pipe", Assert.Throws<RunException>(() => _run.Metrics.Count).Message, StringComparison.Ordinal);
        File.CreateSymbolicLink(Clear(RunFiles.Snapshots), "/dev/zero");
        Assert.Contains("leads outside", Assert.Throws<RunException>(() => _run.Snapshots.Read().Any()).Message, StringComparison.Ordinal);
        Assert.Throws<RunException>(() => _run.Snapshots.DropAfter(new Disk(), 0));
    }

    [Fact]
    public void A_lock_that_is_no_file_keeps_nobody_waiting()
    {
        NamedPipe.Make(Clear(RunFiles.Lock));
        File.SetLastWriteTimeUtc(_folder["run/lock"], DateTime.UtcNow.AddHours(-1));
        Assert.False(_run.IsTraining);
        Assert.Contains("is a pipe", Assert.Throws<RunException>(_run.Lock).Message, StringComparison.Ordinal);
        File.CreateSymbolicLink(Clear(RunFiles.Lock), _folder["made"]);
        Assert.Contains("leads outside", Assert.Throws<RunException>(_run.Lock).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["made"]));
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("checkpoint/step-000000001")]
    [InlineData("checkpoint/step-000000001/state.json")]
    public void A_checkpoint_that_lies_elsewhere_is_not_read(string name)
    {
        Directory.CreateDirectory(_folder["else/step-000000001"]);
        File.WriteAllText(_folder["else/step-000000001/state.json"], "{}");
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"run/{name}"])!);
        string target = _folder[Path.Join("else", name["checkpoint".Length..])];
        if (Directory.Exists(target))
            Directory.CreateSymbolicLink(_folder[$"run/{name}"], target);
        else
            File.CreateSymbolicLink(_folder[$"run/{name}"], target);
        Assert.Contains("leads outside", Assert.Throws<CheckpointException>(_run.Checkpoint.ReadState).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("state.json")]
    public void A_pipe_in_a_checkpoint_is_not_waited_for(string name)
    {
        Directory.CreateDirectory(_folder["run/checkpoint/step-000000001"]);
        NamedPipe.Make(_folder[$"run/checkpoint/step-000000001/{name}"]);
        Assert.Contains("is a pipe", Assert.Throws<CheckpointException>(_run.Checkpoint.ReadState).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_to_a_pipe_or_through_a_link_out_of_the_folder()
    {
        NamedPipe.Make(_folder["run/config.json.writing"]);
        Assert.Throws<IOException>(() => _run.WriteOptions(new Disk(), new ToyOptions()));
        File.WriteAllText(_folder["outside"], "kept");
        File.CreateSymbolicLink(Clear(RunFiles.Metrics), _folder["outside"]);
        Assert.Throws<IOException>(() => _run.Metrics.Append(new Disk(), "{}"));
        Assert.Equal("kept", File.ReadAllText(_folder["outside"]));
    }

    private string Clear(string name)
    {
        File.Delete(_folder[$"run/{name}"]);
        return _folder[$"run/{name}"];
    }

    private string Refusal(string name)
    {
        Action read = name switch
        {
            RunFiles.Config => () => _run.ReadOptions(BuiltInExperiments.Catalogue),
            RunFiles.Summary => () => _run.ReadSummary(),
            _ => () => _run.ReadDivergence(),
        };
        return Assert.Throws<RunException>(read).Message;
    }
}
