using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>
/// Steps of the paper's two smallest language models (Table 1) by every method, on one mini-batch of random words: how long a
/// step takes does not depend on which words they are.
/// </summary>
internal static class LanguageModelCases
{
    private const int Words = 10_000;
    private const int BatchSize = 128;
    private const int Samples = 10;
    private const int MixedModules = 4;
    private const int GradientSteps = 15;
    private const int Searches = 5;

    public static IReadOnlyList<BenchCase> All { get; } =
    [
        Case("M-step 5/1", "m", GradientSteps, 5, MStep),
        Case("E-step 5/1", "e", Searches, 5, EStep),
        Case("M-step 15/1", "m", GradientSteps, 15, MStep),
        Case("E-step 15/1", "e", Searches, 15, EStep),
        Case("REINFORCE 5/1", "r", GradientSteps, 5, Reinforce),
        Case("REINFORCE 15/1", "r", GradientSteps, 15, Reinforce),
        Case("noisy top-4 5/1", "t", GradientSteps, 5, TopK),
        Case("noisy top-4 15/1", "t", GradientSteps, 15, TopK),
        Case("M-step 5/1, peer with F.cross_entropy", "p", Searches, 5, MStep),
    ];

    private static BenchCase Case(
        string name, string step, int steps, int modules, Func<Problem, BenchSetup, Action> create) =>
        new(BenchTopic.Lm, name, steps, setup => create(new Problem(setup, modules), setup))
        {
            PeerRequest = $"text {step} {modules} 1",
            Work = step switch
            {
                "e" => Search(modules),
                "t" => GradientStep(modules, picks: MixedModules, logits: 2 * modules),
                _ => GradientStep(modules, picks: 1, logits: modules),
            },
        };

    private static Action MStep(Problem problem, BenchSetup setup)
    {
        var model = problem.Model(new ModeSelection());
        var mStep = new MStep<TextBatch>(
            model,
            new StoredCompositions<TextBatch>(problem.Compositions(model)),
            new Tape(setup.Kernels),
            new Adam(model.Parameters, setup.Kernels));
        return () => mStep.Run(problem.Datapoints, problem.Batch, setup.Key);
    }

    private static Action EStep(Problem problem, BenchSetup setup)
    {
        var model = problem.Model(new ModeSelection());
        var eStep = new EStep<TextBatch>(
            model, problem.Compositions(model), new Tape(setup.Kernels), new SampledCandidates<TextBatch>(Samples));
        ulong steps = 0;
        return () => eStep.Run(problem.Datapoints, problem.Batch, setup.Key.Split("samples").Split(steps++));
    }

    private static Action Reinforce(Problem problem, BenchSetup setup)
    {
        var model = problem.Model(new ModeSelection());
        var trainer = new Reinforce<TextBatch>(
            model, problem, new Adam(model.Parameters, setup.Kernels), new Tape(setup.Kernels), setup.Key.Split("training"));
        return () => trainer.Step();
    }

    private static Action TopK(Problem problem, BenchSetup setup)
    {
        var model = problem.Model(new MixtureSelection(4));
        var trainer = new NoisyTopK<TextBatch>(
            model, problem, new Adam(model.Parameters, setup.Kernels), new Tape(setup.Kernels), setup.Key.Split("training"),
            new NoisyTopKOptions { MixedModules = MixedModules });
        return () => trainer.Step();
    }

    /// <summary>Forward, backward (twice the products of the forward pass), optimiser.</summary>
    private static Work GradientStep(int modules, int picks, int logits)
    {
        var sizes = new LanguageModelSizes();
        double words = BatchSize * sizes.Window, joined = sizes.Embedding + sizes.Hidden;
        double parameters = Words * (joined + 1) + joined * (2 * sizes.Hidden + modules * sizes.Hidden + logits);
        double unit = 2 * words * joined * (2 * sizes.Hidden + picks * sizes.Hidden + logits);
        // Products forward, with the states' gradient, with the weights' gradient; the last has a column for the bias.
        double softmax = 2 * words * Words * (3 * sizes.Hidden + 1);
        return new Work(
            new WorkPart("output softmax", softmax, Exponentials: words * Words),
            new WorkPart("recurrent unit", 3 * unit, Bytes: 4 * words * (2 * sizes.Embedding + 6 * sizes.Hidden)),
            Optimizer(parameters));
    }

    // Forward only, for all compositions, which share the products with the words' vectors.
    private static Work Search(int modules)
    {
        var sizes = new LanguageModelSizes();
        double words = BatchSize * sizes.Window, candidates = words * (Samples + 1), hidden = sizes.Hidden;
        double shared = 2 * words * sizes.Embedding * (2 * hidden + modules * hidden + modules);
        double own = 2 * candidates * hidden * (2 * hidden + hidden + modules);
        return new Work(
            new WorkPart("output softmax", 2 * candidates * Words * hidden, Exponentials: candidates * Words),
            new WorkPart("recurrent unit", shared + own, Bytes: 4 * candidates * 2 * hidden));
    }

    /// <summary>The work of Adam, which reads four numbers of each parameter and writes three.</summary>
    internal static WorkPart Optimizer(double parameters) => new("optimiser", 0, Bytes: 7 * sizeof(float) * parameters);

    /// <summary>One mini-batch, which is the whole training set, and models for it.</summary>
    private sealed class Problem(BenchSetup setup, int modules) : ITrainingSet<TextBatch>
    {
        private readonly LanguageModelSizes _sizes = new() { Modules = modules };

        public int[] Datapoints { get; } = [.. Enumerable.Range(0, BatchSize)];

        public TextBatch Batch { get; } = new(RandomWords(setup, "inputs"), RandomWords(setup, "targets"));

        public int Count => BatchSize;

        public TextBatch Load(ReadOnlySpan<int> datapoints) => Batch;

        public LanguageModel Model(SelectionRule rule) => new(_sizes, Words, rule, setup.Key.Split("network"));

        public CompositionStore Compositions(LanguageModel model) =>
            new(model.Layout, BatchSize, setup.Key.Split("compositions"));

        private static IndexTensor RandomWords(BenchSetup setup, string name) =>
            setup.RandomIndices(new Shape(new LanguageModelSizes().Window * BatchSize), Words, name);
    }
}
