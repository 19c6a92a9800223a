using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>The vocabulary, and the merges of tokens, of a run on a text.</summary>
internal sealed class TextPreprocessingTarget : PreprocessingTarget
{
    private const string Text = "own.txt";

    /// <summary>Trains the run.</summary>
    /// <param name="name">The reader's name.</param>
    /// <param name="unit">What the text is read by.</param>
    public TextPreprocessingTarget(string name, TextUnit unit)
        : base(name)
    {
        File.WriteAllText(Sandbox[Text], string.Concat(Enumerable.Repeat("to be or not to be\n", 40)));
        var options = new PlainTextOptions { Data = Sandbox[Text], Unit = unit, Vocabulary = unit == TextUnit.Bpe ? 262 : 0, Modules = 2, Window = 5, Embedding = 2, Hidden = 2, BatchSize = 8, Steps = 1 };
        Train(options, kernels => BuiltInExperiments.Catalogue.Create(options, kernels));
    }

    // A model for the words is made before its checkpoint is read.
    public override long MostBytes => 4 * Megabyte;

    protected override void Use(RunFolder run)
    {
        var model = TextModel.Load(run, Sandbox["none"]);
        _ = model.Continue(model.Encoding.Encode("to be"), temperature: 1, RandomKey.FromSeed(1)).Take(5).Count();
    }
}
