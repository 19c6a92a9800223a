using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class LanguageModelStepTests
{
    private const int Batch = 6;
    private const int Words = 9;

    private static readonly LanguageModelSizes Sizes = new() { Modules = 3, Picks = 2, Window = 5, Embedding = 4, Hidden = 3 };
    private static readonly RandomKey Key = RandomKey.FromSeed(8);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Single_steps_add_up_to_the_whole_window(bool modularGates, bool modularReadout)
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var sizes = Sizes with { ModularGates = modularGates, ModularReadout = modularReadout };
        var (model, batch) = (Model(sizes), Windows());
        var (pass, given) = (new ForwardPass(tape), Compositions(model.Layout));
        tape.Reset(recording: false);
        pass.Begin(new GivenSelection(given), Batch);
        var logLikelihood = model.LogLikelihood(pass, batch);
        float[] expected = tape.Add(logLikelihood, pass.Trace.LogProbability!).Values.ToArray();

        var rows = new SearchRows(tape);
        rows.Begin(Batch, candidates: 1);
        var states = model.InitialStates(rows, batch);
        float[] actual = new float[Batch];
        for (int step = 0; step < Sizes.Window; step++)
        {
            var selection = StepOf(given, step);
            var logits = model.SelectionLogits(rows, batch, step, states);
            states = model.NextStates(rows, batch, step, states, selection);
            var ofStep = tape.Add(
                model.StepLogLikelihood(rows, batch, step, states, selection),
                tape.SumLast(logits.LogProbability(tape, selection)));
            for (int n = 0; n < Batch; n++)
                actual[n] += ofStep.Values[n];
        }
        for (int n = 0; n < Batch; n++)
            Assert.Equal(expected[n], actual[n], 1e-4);
    }

    [Theory]
    [InlineData(EStepCandidates.Distinct, false)]
    [InlineData(EStepCandidates.Greedy, false)]
    [InlineData(EStepCandidates.Distinct, true)]
    [InlineData(EStepCandidates.Greedy, true)]
    public void E_steps_raise_the_joint_log_probability(EStepCandidates kind, bool modularReadout)
    {
        using var workers = new WorkerPool(2);
        var tape = new Tape(SimdKernels.Create(workers));
        var model = Model(Sizes with { ModularReadout = modularReadout });
        var store = new CompositionStore(model.Layout, Batch, Key.Split("compositions"));
        CandidateStrategy<TextBatch> strategy = kind == EStepCandidates.Greedy
            ? new GreedyCandidates<TextBatch>(model)
            : new DistinctCandidates<TextBatch>(model, samples: 20);
        int[] datapoints = [.. Enumerable.Range(0, Batch)];
        var nothing = new EStep<TextBatch>(model, store, tape, new SampledCandidates<TextBatch>(0));
        double before = nothing.Run(datapoints, Windows(), Key).JointLogProbability;
        var result = new EStep<TextBatch>(model, store, tape, strategy).Run(datapoints, Windows(), Key);
        Assert.True(result.JointLogProbability > before + 0.1, $"{before} became {result.JointLogProbability}.");
        Assert.Equal(result.JointLogProbability, nothing.Run(datapoints, Windows(), Key).JointLogProbability, 1e-4);
    }

    private static LanguageModel Model(LanguageModelSizes sizes)
    {
        var model = new LanguageModel(sizes, Words, new ModeSelection(), Key.Split("model"));
        foreach (var parameter in model.Parameters)
        {
            var numbers = Key.Split(parameter.Name);
            for (int i = 0; i < parameter.Value.Values.Length; i++)
                parameter.Value.Values[i] = (2 * numbers.Uniform((ulong)i)) - 1;
        }
        return model;
    }

    private static TextBatch Windows() => new(RandomWords(Key.Split("inputs")), RandomWords(Key.Split("targets")));

    private static IndexTensor RandomWords(RandomKey key) => IndexTensor.From(
        new Shape(Sizes.Window * Batch),
        [.. Enumerable.Range(0, Sizes.Window * Batch).Select(i => key.Below((ulong)i, Words))]);

    private static IndexTensor Compositions(CompositionLayout layout) => IndexTensor.From(
        new Shape(Batch, layout.Length),
        [.. Enumerable.Range(0, Batch * layout.Length).Select(i => Key.Below((ulong)i, Sizes.Modules))]);

    private static IndexTensor StepOf(IndexTensor compositions, int step)
    {
        int picks = Sizes.Picks, length = compositions.Shape[1];
        var selection = IndexTensor.Allocate(new Shape(Batch, picks));
        for (int n = 0; n < Batch; n++)
            compositions.Values.Slice((n * length) + (step * picks), picks).CopyTo(selection.Values[(n * picks)..]);
        return selection;
    }
}
