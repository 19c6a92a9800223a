using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests;

/// <summary>A run folder is made before any work, and everything after it can be gone on with.</summary>
public sealed class NewRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void A_run_that_is_killed_before_its_first_step_can_be_resumed()
    {
        Run(() => CopyFiles("runs/a", "killed"), "--out", _folder["runs/a"]);
        Assert.Equal(["config.json", "lock"], Directory.GetFiles(_folder["killed"]).Select(Path.GetFileName).Order());
        string[] resumed = ["train", "toy", "--out", _folder["killed"], "--resume"];
        Assert.Equal(ExitCode.Success, Transcript.Run(resumed, new DataLocation(null, null), _output, _error));
        Assert.True(File.Exists(_folder["killed/summary.json"]));
    }

    [Fact]
    public void A_run_that_turns_out_to_be_impossible_leaves_nothing()
    {
        Assert.Equal(ExitCode.BadInput, Run(() => throw new DataException("the data are damaged"), "--out", _folder["runs/a"]));
        Assert.Equal("modnet: the data are damaged\n", _error.ToString());
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Folders_that_were_there_stay()
    {
        Directory.CreateDirectory(_folder["runs/a"]);
        File.WriteAllText(_folder["runs/other"], "");
        Run(() => throw new DataException("the data are damaged"), "--out", _folder["runs/a"]);
        Run(() => throw new DataException("the data are damaged"), "--out", _folder["runs/b"]);
        Assert.Equal([_folder["runs/a"], _folder["runs/other"]], Directory.GetFileSystemEntries(_folder["runs"]).Order());
        Assert.Empty(Directory.GetFileSystemEntries(_folder["runs/a"]));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_before_any_work()
    {
        File.WriteAllText(_folder["file"], "");
        Assert.Equal(ExitCode.BadInput, Run(() => throw new InvalidOperationException("work"), "--out", _folder["file/run"]));
        Assert.StartsWith($"modnet: {_folder["file/run"]}: the run folder cannot be made: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_several_runs_that_cannot_be_made_is_told()
    {
        File.WriteAllText(_folder["file"], "");
        string[] suite = ["reproduce", "suite", "--tasks", "rules-2", "--seeds", "1", "--trials", "1", "--out", _folder["file/suite"]];
        Assert.Equal(ExitCode.BadInput, Transcript.Run(suite, new DataLocation(null, null), _output, _error));
        Assert.StartsWith($"modnet: {_folder["file/suite"]}: the run folder cannot be made: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    private void CopyFiles(string from, string to)
    {
        Directory.CreateDirectory(_folder[to]);
        foreach (string file in Directory.GetFiles(_folder[from]))
            File.WriteAllText(Path.Join(_folder[to], Path.GetFileName(file)), Path.GetFileName(file) == "lock" ? "" : File.ReadAllText(file));
    }

    /// <summary>Starts a training that first does some work.</summary>
    private int Run(Action work, params string[] arguments)
    {
        var kind = ExperimentKind.Of<ToyOptions>("Works.", (options, kernels) =>
        {
            work();
            return new ToyExperiment(options, kernels);
        });
        string[] all = ["train", "toy", "--set", "starts=1", "--steps", "5", .. arguments];
        return Transcript.Run(all, new DataLocation(null, null), _output, _error, new ExperimentCatalogue(kind));
    }
}
