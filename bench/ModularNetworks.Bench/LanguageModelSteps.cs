using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Bench;

/// <summary>
/// The language model at the paper's sizes with one mini-batch of random words; how long a step takes does not depend on
/// which words they are.
/// </summary>
internal sealed class LanguageModelSteps
{
    private const int Words = 10_000;
    private const int BatchSize = 128;
    private const int Samples = 10;

    private readonly EStep<TextBatch> _eStep;
    private readonly MStep<TextBatch> _mStep;
    private readonly TextBatch _batch;
    private readonly int[] _datapoints = [.. Enumerable.Range(0, BatchSize)];
    private readonly RandomKey _sampleKey;
    private ulong _eSteps;

    /// <summary>Creates model and mini-batch.</summary>
    /// <param name="modules">M.</param>
    /// <param name="parallel">K.</param>
    /// <param name="kernels">What does the arithmetic.</param>
    /// <param name="key">Decides weights, words and samples.</param>
    public LanguageModelSteps(int modules, int parallel, Kernels kernels, RandomKey key)
    {
        var sizes = new LanguageModelSizes { Modules = modules, Parallel = parallel };
        var model = new LanguageModel(sizes, Words, Selector.Controller, key.Split("network"));
        var compositions = new CompositionStore(model.Layout, BatchSize, key.Split("compositions"));
        var tape = new Tape(kernels);
        _eStep = new EStep<TextBatch>(model, compositions, tape, new SampledCandidates<TextBatch>(Samples));
        _mStep = new MStep<TextBatch>(model, compositions, tape, new Adam(model.Parameters, kernels));
        _batch = new TextBatch(
            RandomWords(sizes.Window * BatchSize, key.Split("inputs")),
            RandomWords(sizes.Window * BatchSize, key.Split("targets")));
        _sampleKey = key.Split("samples");
    }

    /// <summary>Takes one step.</summary>
    public void Take(StepKind kind)
    {
        if (kind == StepKind.M)
            _mStep.Run(_datapoints, _batch);
        else
            _eStep.Run(_datapoints, _batch, _sampleKey.Split(_eSteps++));
    }

    private static IndexTensor RandomWords(int count, RandomKey key)
    {
        var words = IndexTensor.Allocate(new Shape(count));
        for (int i = 0; i < count; i++)
            words.Values[i] = key.Below((ulong)i, Words);
        return words;
    }
}
