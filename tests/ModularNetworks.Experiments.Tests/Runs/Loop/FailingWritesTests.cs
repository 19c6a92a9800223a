namespace ModularNetworks.Experiments.Tests;

/// <summary>Lets the first, second, third ... change of the disk go wrong, until a run needs no more of them.</summary>
public sealed class FailingWritesTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string name in (string[])["toy em", "toy fixed", "ptb em"])
            {
                foreach (string fault in Enum.GetNames<FaultyDisk.Fault>())
                    cases.Add(name, fault);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_goes_on_after_whatever_could_not_be_written_and_ends_like_one_that_was_not_interrupted(string name, string faultName)
    {
        var fault = Enum.Parse<FaultyDisk.Fault>(faultName);
        using var folder = new TemporaryFolder();
        var options = RunCase.Options(name, folder);
        Assert.True(IsWhole(options, folder["whole"], FaultyDisk.Sound));
        int faultAt = 1;
        for (; !IsWhole(options, folder[$"{faultAt}"], new FaultyDisk(faultAt, fault)); faultAt++)
        {
            string run = folder[$"{faultAt}"];
            // Going on fails early or later as well.
            IsWhole(options, run, new FaultyDisk(1 + (5 * faultAt % 13), fault));
            Assert.True(IsWhole(options, run, FaultyDisk.Sound));
            RunCase.AssertSame(folder["whole"], run);
            Directory.Delete(run, recursive: true);
        }
        RunCase.AssertSame(folder["whole"], folder[$"{faultAt}"]);
        Assert.InRange(faultAt, 30, 100);
    }

    [Fact]
    public void A_disk_that_is_full_is_told_in_one_line_with_what_is_kept()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(12, options, folder["run"]);
        var error = Assert.Throws<RunException>(() => RunCase.Summarize(options, folder["run"], new FaultyDisk(9, FaultyDisk.Fault.Refused)));
        Assert.Equal(
            $"{folder["run"]}: not everything could be written: No space left on device. All up to step 12 is kept. Make room on the disk, or the folder "
            + "writable, and go on with --resume.",
            error.Message);
    }

    /// <summary>Runs to the end, from where the run is.</summary>
    /// <returns>Whether it came there.</returns>
    private static bool IsWhole(RunOptions options, string run, FaultyDisk disk)
    {
        try
        {
            RunCase.Summarize(options, run, disk);
            return true;
        }
        catch (RunException exception) when (exception.InnerException is IOException)
        {
            return false;
        }
    }
}
