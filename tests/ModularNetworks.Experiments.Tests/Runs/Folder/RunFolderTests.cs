namespace ModularNetworks.Experiments.Tests;

public sealed class RunFolderTests
{
    [Fact]
    public void A_new_folder_holds_the_options_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var options = new ToyOptions { Seed = 5 };
        var run = NewRunFolder.Create(new Disk(), folder["a/b"], options);
        Assert.Equal([folder["a/b/config.json"]], Directory.EnumerateFileSystemEntries(folder["a/b"]));
        Assert.Equal(options, RunFolder.Open(folder["a/b"]).ReadOptions(BuiltInExperiments.Catalogue));
        Assert.Null(run.Checkpoint.NewestStep);
        run.WriteOptions(new Disk(), options with { Steps = 9 });
        Assert.Equal(9, run.ReadOptions(BuiltInExperiments.Catalogue).Steps);
    }

    [Fact]
    public void An_empty_folder_may_become_a_run_folder()
    {
        using var folder = new TemporaryFolder();
        NewRunFolder.Create(new Disk(), folder.Path, new ToyOptions());
        Assert.True(File.Exists(folder["config.json"]));
    }

    [Fact]
    public void Only_one_process_trains_in_a_folder()
    {
        using var folder = new TemporaryFolder();
        var run = NewRunFolder.Create(new Disk(), folder["a"], new ToyOptions());
        using (run.Lock())
        {
            var error = Assert.Throws<RunException>(() => RunFolder.Open(folder["a"]).Lock());
            Assert.Contains("another process trains in this run folder", error.Message, StringComparison.Ordinal);
        }
        run.Lock().Dispose();
        Assert.Equal([folder["a/config.json"]], Directory.EnumerateFileSystemEntries(folder["a"]));
    }

    [Fact]
    public void Of_two_processes_that_start_a_run_in_one_folder_the_second_is_refused_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using (NewRunFolder.Claim(new Disk(), folder["a"]))
        {
            NewRunFolder.Create(new Disk(), folder["a"], new ToyOptions());
            var error = Assert.Throws<RunException>(() => NewRunFolder.Claim(new Disk(), folder["a"]));
            Assert.Contains("another process trains in this run folder", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal([folder["a/config.json"]], Directory.EnumerateFileSystemEntries(folder["a"]));
    }

    [Fact]
    public void A_lock_that_a_killed_process_left_is_in_nobodys_way()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["lock"], "");
        using (NewRunFolder.Claim(new Disk(), folder.Path))
            NewRunFolder.Create(new Disk(), folder.Path, new ToyOptions());
        Assert.Equal([folder["config.json"]], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_exists_is_not_overwritten_and_resuming_is_advised_where_that_can_be_done()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "text");
        Assert.EndsWith("file is a file; a folder was expected. Choose another --out.", RefusalOf(folder["file"]), StringComparison.Ordinal);
        Assert.EndsWith("has no config.json, and it is not empty. Choose another --out.", RefusalOf(folder.Path), StringComparison.Ordinal);
        Assert.Equal([folder["file"]], Directory.EnumerateFileSystemEntries(folder.Path));
        NewRunFolder.Create(new Disk(), folder["run"], new ToyOptions());
        Assert.Contains("exists already. Add --resume to go on", RefusalOf(folder["run"]), StringComparison.Ordinal);
        File.WriteAllText(folder["run/config.json"], """{"experiment":"ptb"}""");
        Assert.EndsWith("exists already. The run in it is of the experiment ptb, not toy. Choose another --out.", RefusalOf(folder["run"]), StringComparison.Ordinal);
        File.WriteAllText(folder["run/config.json"], "{");
        Assert.Contains("config.json is damaged, so that", RefusalOf(folder["run"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "text");
        foreach (string path in (string[])["file/run", "file/deep/run"])
        {
            Assert.Equal(
                $"{folder[path]}: the run folder cannot be made: {folder["file"]} is a file, not a folder. Mend that, or choose another --out.",
                RefusalOf(folder[path]));
        }
        Assert.Contains("cannot be made: its name is too long. ", RefusalOf(folder[new string('a', 300)]), StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Equal("/proc/run/a: the run folder cannot be made: no folder can be made in /proc. Mend that, or choose another --out.", RefusalOf("/proc/run/a"));
        Assert.Contains("is empty", RefusalOf(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_run_folders_are_opened()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "text");
        foreach (string path in (string[])[folder.Path, folder["none"], folder["file"]])
        {
            var error = Assert.Throws<RunException>(() => RunFolder.Open(path));
            Assert.StartsWith($"{path} is not a run folder", error.Message, StringComparison.Ordinal);
        }
        Assert.Throws<RunException>(() => RunFolder.Open(""));
    }

    [Fact]
    public void A_folder_whose_making_was_cut_off_may_become_a_run_folder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["run"]);
        File.WriteAllText(folder["run/config.json.writing"], "{");
        Assert.False(RunFolder.Exists(folder["run"]));
        NewRunFolder.Create(new Disk(), folder["run"], new ToyOptions());
        Assert.True(RunFolder.Exists(folder["run"]));
        Assert.Equal([folder["run/config.json"]], Directory.EnumerateFileSystemEntries(folder["run"]));
    }

    [Fact]
    public void A_summary_is_read_back_and_there_is_none_before_the_end()
    {
        using var folder = new TemporaryFolder();
        var run = NewRunFolder.Create(new Disk(), folder["run"], new ToyOptions());
        Assert.Null(run.ReadSummary());
        run.WriteSummary(new Disk(), RunRecordsTests.Summary);
        Assert.Equal(RecordJson.Write(RunRecordsTests.Summary, isIndented: true) + "\n", File.ReadAllText(folder["run/summary.json"]));
        Assert.Equal(RunRecordsTests.Summary.Steps, run.ReadSummary()!.Steps);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"steps\":")]
    [InlineData("[5]")]
    [InlineData("{}")]
    [InlineData("{\"steps\":\"5\"}")]
    [InlineData("{\"steps\":5,\"steps\":5}")]
    [InlineData("{\"steps\":5,\"test\":{\"a\":1,\"a\":1}}")]
    [InlineData("{\"steps\":5,\"a\":\"\\udc00\"}")]
    public void A_damaged_summary_is_refused_by_the_name_of_its_file(string text)
    {
        using var folder = new TemporaryFolder();
        var run = NewRunFolder.Create(new Disk(), folder["run"], new ToyOptions());
        File.WriteAllText(folder["run/summary.json"], text);
        var error = Assert.Throws<RunException>(run.ReadSummary);
        Assert.StartsWith($"{folder["run/summary.json"]}: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"experiment\":\"toy\"")]
    [InlineData("{\"experiment\":\"toy\",\"modules\":0}")]
    public void Damaged_options_are_refused_by_the_name_of_their_file(string text)
    {
        using var folder = new TemporaryFolder();
        NewRunFolder.Create(new Disk(), folder["run"], new ToyOptions());
        File.WriteAllText(folder["run/config.json"], text);
        var error = Assert.Throws<RunException>(() => RunFolder.Open(folder["run"]).ReadOptions(BuiltInExperiments.Catalogue));
        Assert.StartsWith($"{folder["run/config.json"]}: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json", 1)]
    [InlineData("summary.json", 64)]
    public void A_file_that_is_too_large_to_be_what_its_name_says_is_not_read(string file, int megabytes)
    {
        using var folder = new TemporaryFolder();
        var run = NewRunFolder.Create(new Disk(), folder["run"], new ToyOptions());
        using (var large = File.OpenWrite(folder[$"run/{file}"]))
            large.SetLength((megabytes << 20) + 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<RunException>(() => file == RunFiles.Config ? (object)run.ReadOptions(BuiltInExperiments.Catalogue) : run.ReadSummary()!);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains($"more than {megabytes << 20} bytes", error.Message, StringComparison.Ordinal);
    }

    private static string RefusalOf(string path) =>
        Assert.Throws<RunException>(() => NewRunFolder.Create(new Disk(), path, new ToyOptions())).Message;
}
