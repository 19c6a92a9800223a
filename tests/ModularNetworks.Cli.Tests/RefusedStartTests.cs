using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Transcripts of trainings that are refused: one line each, and nothing on disk changes.</summary>
public sealed class RefusedStartTests : TranscriptsInFolder
{
    [Fact]
    public void A_start_with_bad_options_is_one_line_and_leaves_nothing()
    {
        var transcript = NewTranscript();
        foreach (string options in (string[])
            [
                "--stesp 5", "--method EM", "--modules 0", "--modules -1", "--modules two", "--modules 1.5", "--modules 3000000000",
                "--modules 70000", "--method fixed --parallel 3 --modules 2", "--parallel 0", "--parallel 1000", "--steps 0",
                "--steps 99999999999999999999", "--seed -1", "--threads 0", "--threads 100000", "--set", "--set starts",
                "--set strats=2", "--set starts=two", "--set starts=-2", "--set starts=1.5", "--set learningRate=-0.1",
                "--set learningRate=NaN", "--set points=2000000000", "--set samples=2000000000", "--set rewardSamples=2000000000",
                "--threads 1 --threads 2", "--steps 2 --set steps=3", "--data x", "extra",
            ])
        {
            transcript.Run(["train", "toy", "--out", At("run"), .. options.Split(' ')]);
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(At("")));
        transcript.Check("refused-options");
    }

    [Fact]
    public void A_start_without_its_data_is_one_line_and_leaves_nothing()
    {
        WriteText();
        File.WriteAllBytes(At("bytes"), [0x61, 0xff, 0x0a]);
        Directory.CreateDirectory(At("binary"));
        foreach (string name in (string[])[PennTreebank.TrainFile, PennTreebank.ValidFile, PennTreebank.TestFile])
            File.Copy(At("bytes"), At($"binary/{name}"));
        Directory.CreateDirectory(At("part"));
        File.Copy(At($"text/{PennTreebank.TrainFile}"), At($"part/{PennTreebank.TrainFile}"));
        string[] before = Listing();
        var transcript = NewTranscript();
        transcript.Run("train", "ptb", "--out", At("run"));
        foreach (string data in (string[])["none", "bytes", "binary", "part"])
            transcript.Run("train", "ptb", "--out", At("run"), "--data", At(data));
        transcript.Run("train", "ptb", "--out", At("run"), "--data", At("text"));
        transcript.Run("train", "ptb", "--out", At("run"), "--data", At("text"), "--set", "batchSize=100000000");
        Assert.Equal(before, Listing());
        transcript.Check("refused-data");
    }

    [Fact]
    public void A_run_folder_that_does_not_fit_is_one_line_and_is_left_alone()
    {
        var transcript = NewTranscript();
        string toy = At("toy"), file = At("file");
        string[] few = ["--set", "starts=1", "--set", "points=20", "--steps", "3"];
        Transcript.Run(["train", "toy", "--out", toy, .. few], transcript.Data, TextWriter.Null, TextWriter.Null);
        File.WriteAllText(file, "text");
        Directory.CreateDirectory(At("empty"));
        Directory.CreateDirectory(At("untrained"));
        File.Copy(At("toy/config.json"), At("untrained/config.json"));
        Directory.CreateDirectory(At("damaged"));
        File.WriteAllText(At("damaged/config.json"), "{\"experiment\":");
        string[] before = Listing();
        transcript.Run("train", "toy", "--out", toy);
        transcript.Run("train", "toy", "--out", file);
        transcript.Run(["train", "toy", "--out", Path.Join(file, "run"), .. few]);
        transcript.Run("train", "toy", "--out", "");
        transcript.Run("train", "toy", "--out", At("none"), "--resume");
        transcript.Run("train", "toy", "--out", At("empty"), "--resume");
        transcript.Run("train", "toy", "--out", At("damaged"), "--resume");
        transcript.Run("train", "ptb", "--out", toy, "--resume");
        transcript.Run("train", "toy", "--out", toy, "--resume", "--modules", "3");
        transcript.Run("train", "toy", "--out", toy, "--resume", "--set", "starts=2");
        transcript.Run("train", "toy", "--out", toy, "--resume", "--steps", "2");
        transcript.Run("eval", At("none"));
        transcript.Run("eval", At("empty"));
        transcript.Run("eval", At("untrained"));
        transcript.Run("eval", toy, "--split", "valid");
        transcript.Run("eval", toy, "--split", "train");
        transcript.Run("eval", toy, "--data", At("none"));
        transcript.Run("eval");
        Assert.Equal(before, Listing());
        transcript.Check("refused-folders");
    }
}
