using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>The vocabulary of a run on a text.</summary>
internal sealed class TextPreprocessingTarget : PreprocessingTarget
{
    private const string Text = "own.txt";

    public TextPreprocessingTarget()
        : base("preprocessing")
    {
        File.WriteAllText(Sandbox[Text], string.Concat(Enumerable.Repeat("to be or not to be\n", 40)));
        var options = new PlainTextOptions { Data = Sandbox[Text], Modules = 2, Window = 5, Embedding = 2, Hidden = 2, BatchSize = 8, Steps = 1 };
        Train(options, kernels => BuiltInExperiments.Catalogue.Create(options, kernels));
    }

    // A model for the words is made before its checkpoint is read.
    public override long MostBytes => 4 * Megabyte;

    protected override void Use(RunFolder run)
    {
        var model = TextModel.Load(run, Sandbox["none"]);
        _ = model.Continue(new EncodedText([], []), temperature: 1, RandomKey.FromSeed(1)).Take(5).Count();
    }
}
