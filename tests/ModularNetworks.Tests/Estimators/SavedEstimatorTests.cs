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
    public void A_loaded_classifier_answers_to_the_bit_as_the_saved_one(string name)
    {
        var method = (TrainingMethod)typeof(TrainingMethod).GetProperty(name)!.GetValue(null)!;
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
        Told("holds a ModularClassifier", () => ModularRegressor.Load(path));
        Told("holds a ModularClassifier", () => ModularLanguageModel.Load(path));
        File.WriteAllText(path, "no tensors");
        Told("the header claims", () => ModularClassifier.Load(path));
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
    [InlineData("modularnetworks", "modularnetwork5", "tells nothing of modularnetworks")]
    public void A_header_that_was_changed_is_refused(string written, string changed, string words)
    {
        var classifier = new ModularClassifier(inputs: 2, classes: 2, modules: 4, seed: 7, hidden: 3);
        classifier.Fit(Train.Rows, Train.Labels, Short);
        byte[] file = Saved(classifier.Save).ToArray();
        int length = (int)BitConverter.ToUInt64(file);
        string header = Encoding.UTF8.GetString(file, 8, length);
        Assert.Contains(written, header, StringComparison.Ordinal);
        byte[] other = Encoding.UTF8.GetBytes(header.Replace(written, changed, StringComparison.Ordinal));
        using var damaged = new MemoryStream([.. BitConverter.GetBytes((ulong)other.Length), .. other, .. file[(8 + length)..]]);
        Assert.Contains(words, Assert.Throws<CheckpointException>(() => ModularClassifier.Load(damaged)).Message, StringComparison.Ordinal);
    }

    private static MemoryStream Saved(Action<Stream> save)
    {
        var stream = new MemoryStream();
        save(stream);
        stream.Position = 0;
        return stream;
    }
}
