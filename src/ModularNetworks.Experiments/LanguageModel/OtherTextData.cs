using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Texts that a run was not trained on.</summary>
internal static class OtherTextData
{
    /// <summary>Finds the texts, which are read when they are measured.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="options">The run's options, with the path of the texts.</param>
    /// <param name="checkpoint">One of the run's checkpoints.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    /// <exception cref="DataException">There are no such texts.</exception>
    public static OtherData Read(RunFolder run, LanguageModelOptions options, Checkpoint checkpoint, Kernels kernels)
    {
        var encoding = TextPreprocessing.Read(run) ?? throw TrainingData.KeptNothing(run);
        var model = TrainedLanguageModel.Load(run, encoding.Vocabulary.Count, checkpoint);
        var rule = TrainedLanguageModel.RuleOf(options, encoding.Vocabulary.Count);
        var evaluation = new LanguageModelEvaluation(model, new Tape(kernels), rule);
        var texts = OtherTexts.Find(options.Data, encoding);
        return new OtherData(texts.Parts, part =>
        {
            var text = texts.Read(part);
            var measured = evaluation.Measure(part, text.Ids, encoding.Start, options, text.Characters);
            return (measured, Note(text, encoding));
        });
    }

    private static string? Note(OtherText text, TextEncoding encoding) => text.Unknown == 0
        ? null
        : FormattableString.Invariant($"{text.Unknown} of {text.Ids.Length} {encoding.UnitName}s are unknown to the run; {Vocabulary.Unknown} stands for them");
}
