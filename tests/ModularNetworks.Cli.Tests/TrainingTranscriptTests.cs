using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Transcripts of the commands that train and measure: what they print, and what they refuse.</summary>
public sealed class TrainingTranscriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
        transcript.Run("report", toy, "-o", _folder);
        transcript.Run("report");
        transcript.Run("board", At("none"));
        transcript.Run("board", _folder, "--port", "70000");
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
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
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

    private Transcript NewTranscript()
    {
        var transcript = new Transcript { HidesMeasurements = true };
        transcript.Replace(_folder, "/somewhere");
        return transcript;
    }

    private string At(string name) => Path.Join(_folder, name);

    private string[] Listing() =>
        [.. Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

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

    private void WriteText(int repetitions = 4)
    {
        Directory.CreateDirectory(At("text"));
        foreach (string name in (string[])[PennTreebank.TrainFile, PennTreebank.ValidFile, PennTreebank.TestFile])
            File.WriteAllText(At($"text/{name}"), string.Concat(Enumerable.Repeat(" the cat sat \n a dog ran \n", repetitions)));
    }
}
