using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Transcripts of the commands that train and measure: what they print.</summary>
public sealed class TrainingTranscriptTests : TranscriptsInFolder
{
    [Fact]
    public void Help_of_the_commands_that_train_and_measure()
    {
        var transcript = new Transcript();
        transcript.Run("train", "--help");
        transcript.Run("train", "toy", "--help");
        transcript.Run("train", "ptb", "--help");
        transcript.Run("train", "cifar10", "--help");
        transcript.Run("train", "optdigits", "--help");
        transcript.Run("train", "images", "--help");
        transcript.Run("train", "digits", "--help");
        transcript.Run("train", "rules", "--help");
        transcript.Run("train", "table", "--help");
        transcript.Run("train", "stream", "--help");
        transcript.Run("train", "switching", "--help");
        transcript.Run("eval", "--help");
        transcript.Run("inspect", "--help");
        transcript.Run("report", "--help");
        transcript.Run("board", "--help");
        transcript.Run("reproduce", "--help");
        transcript.Run("reproduce", "toy", "--help");
        transcript.Run("reproduce", "table1", "--help");
        transcript.Run("reproduce", "figure6", "--help");
        transcript.Check("help-training");
    }

    [Fact]
    public void A_toy_run_from_training_to_measurement()
    {
        var transcript = NewTranscript();
        string run = At("run");
        transcript.Run(
            "train", "toy", "--steps", "1000", "--out", run, "--set", "starts=4", "--set", "trialSteps=500");
        transcript.Run("eval", run);
        transcript.Run("eval", run, "--json");
        transcript.Run("train", "toy", "--out", run, "--resume", "--steps", "1100");
        transcript.Run("train", "toy", "--method", "fixed", "--steps", "250", "--out", At("fixed"));
        transcript.Run("eval", At("fixed"));
        transcript.Check("train-toy");
    }

    [Fact]
    public void Runs_are_inspected_and_reported()
    {
        WriteText();
        WriteDigits();
        var transcript = NewTranscript();
        string toy = At("toy"), text = At("run"), images = At("images"), page = At("page.html");
        transcript.Run("train", "toy", "--steps", "500", "--out", toy, "--set", "starts=1");
        transcript.Run("inspect", toy);
        transcript.Run("inspect", toy, "--json");
        transcript.Run("inspect", toy, "--ablate");
        transcript.Run(
            "train", "ptb", "--data", At("text"), "--threads", "1", "--steps", "20", "--out", text, "--set", "window=4");
        transcript.Run("inspect", text);
        transcript.Run(
            "train", "optdigits", "--data", At("digits"), "--threads", "1", "--steps", "10", "--out", images, "--preset", "paper");
        transcript.Run("inspect", images, "--data", At("none"));
        transcript.Run("report", toy, text, images, toy, "-o", page);
        Assert.True(File.Exists(page));
        transcript.Run("train", "toy", "--method", "fixed", "--steps", "250", "--out", At("fixed"));
        transcript.Run("inspect", At("fixed"));
        transcript.Run("report", At("fixed"), At("none"), "-o", page);
        transcript.Run("report", toy, "-o", At(""));
        transcript.Run("report");
        transcript.Run("board", At("none"));
        transcript.Run("board", At(""), "--port", "70000");
        transcript.Check("explain");
    }

    [Fact]
    public void A_language_model_from_training_to_measurement()
    {
        WriteText();
        var transcript = NewTranscript();
        string run = At("run"), text = At("text");
        transcript.Run(
            "train", "ptb", "--data", text, "--threads", "1", "--steps", "20", "--out", run, "--set", "window=4");
        transcript.Run("eval", At("run"));
        transcript.Run("eval", At("run"), "--split", "valid", "--json");
        Directory.Move(At("text"), At("moved"));
        transcript.Run("eval", At("run"));
        transcript.Run("eval", At("run"), "--data", At("moved"));
        transcript.Run("train", "ptb", "--out", At("run"), "--resume");
        transcript.Run("train", "ptb", "--out", At("run"), "--resume", "--data", At("moved"), "--steps", "30");
        transcript.Run("train", "ptb", "--out", At("set"), "--set", $"data={At("none")}");
        transcript.Check("train-ptb");
    }

    [Fact]
    public void An_image_classifier_from_training_to_measurement()
    {
        WriteDigits();
        var transcript = NewTranscript();
        string run = At("run"), digits = At("digits");
        string[] command = ["train", "optdigits", "--data", digits, "--threads", "1"];
        transcript.Run([.. command, "--steps", "20", "--out", run, "--controller", "conv", "--preset", "paper"]);
        transcript.Run("eval", run);
        transcript.Run("eval", run, "--split", "train", "--json");
        transcript.Run("eval", run, "--split", "valid");
        transcript.Run("train", "optdigits", "--out", run, "--resume", "--controller", "linear");
        transcript.Run("train", "optdigits", "--out", run, "--resume", "--steps", "25");
        transcript.Run([.. command, "--steps", "10", "--out", At("topk"), "--method", "topk", "--preset", "wide"]);
        transcript.Run([.. command, "--steps", "10", "--out", At("fixed"), "--method", "fixed"]);
        transcript.Run([.. command, "--out", At("none"), "--controller", "mlp"]);
        transcript.Run([.. command, "--out", At("none"), "--preset", "fast"]);
        transcript.Run([.. command, "--out", At("none"), "--set", "controller=conv"]);
        transcript.Run([.. command, "--out", At("none"), "--set", "convolutions=6"]);
        transcript.Run("train", "cifar10", "--data", digits, "--out", At("none"));
        transcript.Run("reproduce", "figure6", "--data", digits, "--out", At("none"));
        Assert.False(Directory.Exists(At("none")));
        transcript.Check("train-images");
    }

    [Fact]
    public void A_modular_perceptron_from_training_to_measurement()
    {
        WriteDigits();
        var transcript = NewTranscript();
        string digits = At("digits-run"), rules = At("rules-run");
        string[] command = ["train", "digits", "--data", At("digits"), "--threads", "1"];
        transcript.Run([.. command, "--steps", "20", "--out", digits]);
        transcript.Run("eval", digits);
        transcript.Run("eval", digits, "--split", "valid", "--json");
        transcript.Run("train", "digits", "--out", digits, "--resume", "--steps", "25");
        transcript.Run([.. command, "--steps", "10", "--out", At("shared"), "--set", "shared=true", "--set", "task=task", "--method", "topk"]);
        transcript.Run([.. command, "--out", At("none"), "--set", "task=mirror"]);
        transcript.Run("train", "rules", "--steps", "20", "--set", "points=300", "--out", rules);
        transcript.Run("eval", rules, "--split", "train");
        transcript.Run("train", "rules", "--steps", "20", "--set", "points=300", "--set", "target=classification", "--method", "fixed", "--out", At("fixed"));
        transcript.Run("train", "rules", "--set", "rules=33", "--out", At("none"));
        transcript.Run("train", "rules", "--data", At("digits"), "--out", At("none"));
        Assert.False(Directory.Exists(At("none")));
        transcript.Check("train-digits-and-rules");
    }

    [Fact]
    public void A_stream_of_tasks_from_training_to_measurement()
    {
        WriteDigits();
        var transcript = NewTranscript();
        string run = At("stream");
        string[] command = ["train", "stream", "--data", At("digits"), "--threads", "1"];
        transcript.Run([.. command, "--steps", "40", "--set", "evaluateEvery=20", "--modules", "4", "--out", run]);
        transcript.Run("eval", run);
        transcript.Run("train", "stream", "--out", run, "--resume", "--steps", "50");
        transcript.Run([.. command, "--steps", "20", "--method", "assigned", "--out", At("assigned")]);
        transcript.Run([.. command, "--steps", "20", "--method", "fixed", "--modules", "1", "--out", At("fixed")]);
        transcript.Run([.. command, "--method", "reinforce", "--out", At("none")]);
        transcript.Run([.. command, "--set", "families=true", "--out", At("none")]);
        transcript.Run([.. command, "--set", "lazyAdam=false", "--out", At("none")]);
        transcript.Run([.. command, "--set", "warmUp=2", "--out", At("none")]);
        transcript.Run([.. command, "--steps", "9", "--out", At("none")]);
        Assert.False(Directory.Exists(At("none")));
        transcript.Check("train-stream");
    }

    [Fact]
    public void A_switching_system_from_training_to_inspection()
    {
        var transcript = NewTranscript();
        string run = At("switching");
        string[] command = ["train", "switching", "--threads", "1", "--set", "rules=3", "--set", "sequences=200", "--modules", "3"];
        transcript.Run([.. command, "--steps", "20", "--set", "evaluateEvery=10", "--set", "start=input", "--set", "controller=table", "--out", run]);
        transcript.Run("eval", run);
        transcript.Run("inspect", run);
        transcript.Run([.. command, "--set", "key=task", "--out", At("none")]);
        transcript.Run([.. command, "--set", "size=0", "--out", At("none")]);
        transcript.Run([.. command, "--method", "expected", "--out", At("none")]);
        transcript.Check("train-switching");
    }

    /// <summary>Writes tables as large as those of optdigits, of dots.</summary>
    private void WriteDigits()
    {
        Directory.CreateDirectory(At("digits"));
        foreach (var (name, images) in ((string, int)[])[(Optdigits.TrainFile, 3823), (Optdigits.TestFile, 1797)])
        {
            File.WriteAllLines(
                At($"digits/{name}"),
                Enumerable.Range(0, images).Select(n => string.Join(
                    ',', Enumerable.Range(0, 64).Select(place => place % 10 == n % 10 ? 16 : (n + place) % 4).Append(n % 10))));
        }
    }
}
