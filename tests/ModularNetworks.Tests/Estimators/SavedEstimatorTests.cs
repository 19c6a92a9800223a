using System.Text;

namespace ModularNetworks.Tests;

public sealed class SavedEstimatorTests
{
    private static readonly Corners Train = new(200, seed: 1);
    private static readonly FitOptions Short = new() { Steps = 20 };

    [Theory]
    [InlineData(nameof(TrainingMethod.Em))]
    [InlineData(nameof(TrainingMethod.NoisyTopK))]
    [InlineData(nameof(TrainingMethod.Fixed))]
    [InlineData("softmax top-1")]
    public void A_loaded_classifier_answers_to_the_bit_as_the_saved_one(string name)
    {
        var method = name == "softmax top-1"
            ? new NoisyTopKMethod { Options = new() { MixedModules = 1, Shares = MixtureShares.OfAll } }
            : (TrainingMethod)typeof(TrainingMethod).GetProperty(name)!.GetValue(null)!;
        using var folder = new TemporaryFolder();
        string path = Path.Join(folder.Path, "corners.safetensors");
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 6, seed: 7, hidden: 3);
        classifier.Fit(Train.Rows, Train.Labels, Short with { Method = method });
        classifier.Save(path);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        var loaded = ModularClassifier.Load(path);
        Assert.Equal((2, 2, 6), (loaded.Inputs, loaded.Classes, loaded.Modules));
        Assert.Equal(classifier.PredictProbabilities(Train.Rows), loaded.PredictProbabilities(Train.Rows));
        Assert.Equal(classifier.Explain(Train.Rows[3]).ToString(), loaded.Explain(Train.Rows[3]).ToString());
        loaded.Fit(Train.Rows, Train.Labels, Short with { Method = method });
        Assert.Equal(classifier.PredictProbabilities(Train.Rows), loaded.PredictProbabilities(Train.Rows));
    }

    [Fact]
    public void A_loaded_regressor_answers_in_the_units_of_its_targets()
    {
        var regressor = new ModularRegressor(inputs: 2, modules: 4, seed: 1, picks: 2);
        regressor.Fit(Train.Rows, Train.Targets, Short);
        Assert.Equal(regressor.Predict(Train.Rows), ModularRegressor.Load(Saved(regressor.Save)).Predict(Train.Rows));
    }

    [Fact]
    public void A_file_of_something_else_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Join(folder.Path, "corners.safetensors");
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 7, hidden: 3);
        classifier.Fit(Train.Rows, Train.Labels, Short);
        classifier.Save(path);
        Assert.Equal(EstimatorKind.Classifier, SavedEstimator.KindOf(path));
        Told("holds a ModularClassifier", () => ModularRegressor.Load(path));
        Told("holds a ModularClassifier", () => ModularLanguageModel.Load(path));
        File.WriteAllText(path, "no tensors");
        Told("the header claims", () => ModularClassifier.Load(path));
        Told("the header claims", () => SavedEstimator.KindOf(path));
        Told("none.safetensors", () => ModularClassifier.Load(Path.Join(folder.Path, "none.safetensors")));

        void Told(string words, Action load)
        {
            string message = Assert.Throws<CheckpointException>(load).Message;
            Assert.Contains(words, message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }
    }

    [Theory]
    [InlineData("\\u0022hidden\\u0022:3", "\\u0022hidden\\u0022:300000", "too few for the sizes")]
    [InlineData("\\u0022modules\\u0022:4", "\\u0022modules\\u0022:2147483647", "too few for the sizes")]
    [InlineData("\\u0022picks\\u0022:1", "\\u0022picks\\u0022:9", "sizes are none of a network")]
    [InlineData("\\u0022modules\\u0022:4", "\\u0022modules\\u0022:3", "has shape [4")]
    [InlineData("\\u0022format\\u0022:1", "\\u0022format\\u0022:2", "is of format 2")]
    [InlineData("\\u0022inputMeans\\u0022:[", "\\u0022inputMeans\\u0022:[1,", "its means are no 2 numbers")]
    [InlineData("\\u0022selection\\u0022:\\u0022Mode\\u0022", "\\u0022selection\\u0022:\\u0022None\\u0022", "is damaged")]
    [InlineData("\\u0022seed\\u0022:7,", "", "is damaged")]
    [InlineData("\\u0022ModularClassifier\\u0022", "\\u0022\\\\ud800\\u0022", "is damaged")]
    [InlineData("modularnetworks", "modularnetwork5", "tells nothing of modularnetworks")]
    public void A_header_that_was_changed_is_refused(string written, string changed, string words)
    {
        byte[] file = Fitted();
        Assert.Contains(written, Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Refused(Changed(file, header => header.Replace(written, changed, StringComparison.Ordinal)), words);
    }

    [Theory]
    [InlineData("\\u0022inputMeans\\u0022:[", "\\u0022inputMeans\\u0022:[1", "its header tells")]
    [InlineData("sha256", "sha257", "no checksum, sha256")]
    public void A_text_that_was_changed_so_that_it_could_be_one_is_refused(string written, string changed, string words) =>
        Refused(Changed(Fitted(), header => header.Replace(written, changed, StringComparison.Ordinal)), words);

    [Fact]
    public void Numbers_that_were_changed_anywhere_are_refused()
    {
        byte[] file = Fitted();
        for (int place = 8 + (int)BitConverter.ToUInt64(file); place < file.Length; place++)
        {
            byte[] damaged = [.. file];
            damaged[place] ^= 1;
            Refused(damaged, "it is damaged");
        }
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_told_as_it_was_given()
    {
        using var folder = new TemporaryFolder();
        string missing = Path.Join(folder.Path, "none", "corners.safetensors");
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 7, hidden: 3);
        Assert.Throws<InvalidOperationException>(() => classifier.Save(Path.Join(folder.Path, "early.safetensors")));
        classifier.Fit(Train.Rows, Train.Labels, Short);
        Told(missing, $"there is no folder {Path.GetDirectoryName(missing)}. Make it first");
        Told(folder.Path, "it is a folder");
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.Contains("the path is empty", Assert.Throws<ArgumentException>(() => classifier.Save("")).Message, StringComparison.Ordinal);
        Assert.Contains("the path is empty", Assert.Throws<ArgumentException>(() => ModularLanguageModel.Load("")).Message, StringComparison.Ordinal);
        string message = Assert.Throws<CheckpointException>(() => ModularRegressor.Load(folder.Path)).Message;
        Assert.DoesNotContain("..", message, StringComparison.Ordinal);

        void Told(string path, string words)
        {
            string told = Assert.Throws<IOException>(() => classifier.Save(path)).Message;
            Assert.StartsWith($"ModularClassifier: {path} cannot be written: {words}", told, StringComparison.Ordinal);
            Assert.DoesNotContain(".writing", told, StringComparison.Ordinal);
        }
    }

    private static byte[] Fitted()
    {
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 7, hidden: 3);
        classifier.Fit(Train.Rows, Train.Labels, Short);
        return Saved(classifier.Save).ToArray();
    }

    private static byte[] Changed(byte[] file, Func<string, string> change)
    {
        int length = (int)BitConverter.ToUInt64(file);
        byte[] header = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(file, 8, length)));
        return [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. file[(8 + length)..]];
    }

    private static void Refused(byte[] file, string words) => Assert.Contains(
        words, Assert.Throws<CheckpointException>(() => ModularClassifier.Load(new MemoryStream(file))).Message, StringComparison.Ordinal);

    private static MemoryStream Saved(Action<Stream> save)
    {
        var stream = new MemoryStream();
        save(stream);
        stream.Position = 0;
        return stream;
    }
}
