namespace ModularNetworks.Cli.Tests;

/// <summary>Transcripts of the commands that reproduce the toy problem and Table 1.</summary>
public sealed class ReproductionTranscriptTests : TranscriptsInFolder
{
    [Fact]
    public void Reproduction_of_the_toy_problem()
    {
        var transcript = NewTranscript();
        transcript.Run(
            "reproduce", "toy", "--seeds", "2", "--threads", "1", "--set", "steps=1000", "--set", "trialSteps=500");
        transcript.Run("reproduce", "toy", "--seeds", "0");
        transcript.Run("reproduce", "toy", "--seeds", "2147483647");
        transcript.Run("reproduce", "toy", "--seeds", "two");
        transcript.Run("reproduce", "toy", "--threads", "0");
        transcript.Run("reproduce", "toy", "--set", "step=1");
        transcript.Run("reproduce", "toy", "--seeds", "3", "--threads", "1", "--set", "starts=1", "--set", "learningRate=1e25");
        transcript.Check("reproduce-toy");
    }

    [Fact]
    public void Reproduction_of_Table_1()
    {
        // The paper's windows are of 35 words.
        WriteText(repetitions: 20);
        var transcript = NewTranscript();
        string table = At("table");
        string[] command = ["reproduce", "table1", "--data", At("text"), "--threads", "1", "--out", table];
        transcript.Run([.. command, "--rows", "em-5-1,fixed", "--steps", "4"]);
        transcript.Run([.. command, "--rows", "fixed-1-1,em-5-1", "--steps", "4"]);
        transcript.Run([.. command, "--rows", "em-5-1", "--steps", "6", "--seeds", "2"]);
        transcript.Run("eval", At("table/em-5-1-seed-2"));
        transcript.Run([.. command, "--rows", "em-5-1", "--steps", "3"]);
        transcript.Run([.. command, "--rows", "em-5-2", "--steps", "6"]);
        transcript.Run([.. command, "--rows", "resnet", "--steps", "6"]);
        transcript.Run([.. command, "--steps", "0"]);
        transcript.Run([.. command, "--seeds", "0"]);
        transcript.Run([.. command, "--jobs", "0"]);
        transcript.Run([.. command, "--preset", "bset"]);
        transcript.Run("reproduce", "table1", "--data", At("text"), "--out", "");
        transcript.Run("reproduce", "table1", "--data", At("none"));
        Directory.Move(At("text"), At("other"));
        transcript.Run("reproduce", "table1", "--data", At("other"), "--rows", "fixed", "--out", table);
        transcript.Run("train", "ptb", "--out", At("table/em-5-1-seed-1"), "--resume", "--preset", "best");
        transcript.Run("train", "ptb", "--out", At("new"), "--preset", "fast");
        Assert.Equal(
            ["em-5-1-seed-1", "em-5-1-seed-2", "fixed-1-1-seed-1", "fixed-3-3-seed-1", "table1.json", "table1.md"],
            Directory.EnumerateFileSystemEntries(table).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        transcript.Check("reproduce-table1");
    }
}
