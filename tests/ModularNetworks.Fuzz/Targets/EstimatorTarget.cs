using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Fuzz;

/// <summary>The file of a fitted estimator: changed anywhere, or with another text of what its tensors are.</summary>
internal sealed class EstimatorTarget : FuzzTarget
{
    private const string Entry = "modularnetworks";

    private readonly Action<Stream> _load;
    private readonly byte[] _content;
    private readonly IReadOnlyList<Parameter> _parameters;

    private EstimatorTarget(string name, Action<Stream> save, IReadOnlyList<Parameter> parameters, Action<Stream> load)
    {
        (Name, _load, _parameters) = (name, load, parameters);
        using var file = new MemoryStream();
        save(file);
        Samples = [file.ToArray()];
        file.Position = 0;
        _content = Encoding.UTF8.GetBytes(Safetensors.ReadMetadata(file)[Entry]);
    }

    public override string Name { get; }

    // A language model keeps the modules of a window side by side.
    public override long MostBytes => 8 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; }

    /// <summary>A regressor's file.</summary>
    public static EstimatorTarget Regressor(string name)
    {
        var regressor = new ModularRegressor(inputs: 2, modules: 2, seed: 1, hidden: 2);
        regressor.Fit([[1, 2], [3, 5], [4, 4]], [1, 2, 3], new FitOptions { Steps = 1 });
        return new EstimatorTarget(name, regressor.Save, regressor.Model.Network.Parameters, stream => Answer(() => ModularRegressor.Load(stream).Predict([1, 2])));
    }

    /// <summary>A classifier's file.</summary>
    public static EstimatorTarget Classifier(string name)
    {
        var classifier = new ModularClassifier(inputs: 2, classes: 3, modules: 2, seed: 1, hidden: 2);
        classifier.Fit([[1, 2], [3, 5], [4, 4]], [0, 1, 2], new FitOptions { Steps = 1 });
        return new EstimatorTarget(name, classifier.Save, classifier.Model.Network.Parameters, stream => Answer(() => ModularClassifier.Load(stream).PredictProbabilities([1, 2])));
    }

    /// <summary>A language model's file.</summary>
    public static EstimatorTarget LanguageModel(string name)
    {
        const string Text = "to be or not to be";
        var model = new ModularLanguageModel(CharacterVocabulary.Of(Text), modules: 2, seed: 1, embedding: 2, hidden: 2, window: 4);
        model.Fit(Text, new FitOptions { Steps = 1 });
        return new EstimatorTarget(name, model.Save, model.Network.Parameters, stream => ModularLanguageModel.Load(stream).PredictProbabilities([1, 0]));
    }

    // A sound file may tell means and deviations so extreme that the answer is no finite number.
    private static void Answer(Action predict)
    {
        try
        {
            predict();
        }
        catch (ArgumentException exception) when (exception.Message.Contains("no finite number", StringComparison.Ordinal))
        {
        }
    }

    public override byte[] Make(Draws draws)
    {
        if (draws.OneIn(2))
            return base.Make(draws);
        using var file = new MemoryStream();
        // With its checksum, which else would refuse every other text.
        EstimatorFile.Write(file, _parameters, Encoding.UTF8.GetString(JsonInputs.Of(draws, [_content])));
        return file.ToArray();
    }

    public override bool Read(byte[] input) => Accepts(() => _load(new MemoryStream(input)));
}
