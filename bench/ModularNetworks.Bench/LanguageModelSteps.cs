using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Bench;

/// <summary>
/// The language model at the paper's sizes with one mini-batch of random words; how long a step takes does not depend on
/// which words they are.
/// </summary>
internal sealed class LanguageModelSteps : IModelSteps
{
    private const int Words = 10_000;
    private const int BatchSize = 128;
    private const int Samples = 10;

    private readonly LanguageModelSizes _sizes;
    private readonly Kernels _kernels;
    private readonly Tape _tape;
    private readonly RandomKey _key;
    private readonly OneBatch _data;
    private readonly int[] _datapoints = [.. Enumerable.Range(0, BatchSize)];
    private readonly EStep<TextBatch> _eStep;
    private readonly MStep<TextBatch> _mStep;
    private readonly Lazy<ITrainer> _reinforce;
    private readonly Lazy<ITrainer> _topK;
    private ulong _eSteps;

    /// <summary>Creates models and mini-batch.</summary>
    /// <param name="modules">M.</param>
    /// <param name="parallel">K.</param>
    /// <param name="kernels">What does the arithmetic.</param>
    /// <param name="key">Decides weights, words and samples.</param>
    public LanguageModelSteps(int modules, int parallel, Kernels kernels, RandomKey key)
    {
        _sizes = new LanguageModelSizes { Modules = modules, Parallel = parallel };
        _kernels = kernels;
        _tape = new Tape(kernels);
        _key = key;
        _data = new OneBatch(new TextBatch(
            RandomWords(_sizes.Window * BatchSize, key.Split("inputs")),
            RandomWords(_sizes.Window * BatchSize, key.Split("targets"))));
        var model = Model(Selector.Controller);
        var compositions = new CompositionStore(model.Layout, BatchSize, key.Split("compositions"));
        _eStep = new EStep<TextBatch>(model, compositions, _tape, new SampledCandidates<TextBatch>(Samples));
        _mStep = new MStep<TextBatch>(model, compositions, _tape, new Adam(model.Parameters, kernels));
        _reinforce = new Lazy<ITrainer>(CreateReinforce);
        _topK = new Lazy<ITrainer>(CreateTopK);
    }

    /// <inheritdoc/>
    public void Take(StepKind kind)
    {
        switch (kind)
        {
            case StepKind.M:
                _mStep.Run(_datapoints, _data.Batch);
                break;
            case StepKind.E:
                _eStep.Run(_datapoints, _data.Batch, _key.Split("samples").Split(_eSteps++));
                break;
            case StepKind.Reinforce:
                _reinforce.Value.Step();
                break;
            case StepKind.TopK:
                _topK.Value.Step();
                break;
            default:
                throw new ArgumentException($"There is no step {kind}.");
        }
    }

    private LanguageModel Model(Selector selector) => new(_sizes, Words, selector, _key.Split("network"));

    private Reinforce<TextBatch> CreateReinforce()
    {
        var model = Model(Selector.Controller);
        return new Reinforce<TextBatch>(model, _data, new Adam(model.Parameters, _kernels), _tape, _key.Split("training"));
    }

    private NoisyTopK<TextBatch> CreateTopK()
    {
        var model = Model(Selector.NoisyGate);
        return new NoisyTopK<TextBatch>(model, _data, new Adam(model.Parameters, _kernels), _tape, _key.Split("training"));
    }

    private static IndexTensor RandomWords(int count, RandomKey key)
    {
        var words = IndexTensor.Allocate(new Shape(count));
        for (int i = 0; i < count; i++)
            words.Values[i] = key.Below((ulong)i, Words);
        return words;
    }

    /// <summary>A training set that is one mini-batch.</summary>
    private sealed record OneBatch(TextBatch Batch) : ITrainingSet<TextBatch>
    {
        public int Count => BatchSize;

        public TextBatch Load(ReadOnlySpan<int> datapoints) => Batch;
    }
}
