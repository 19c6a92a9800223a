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
        string name, string step, int steps, int modules, Func<LanguageModelProblem, BenchSetup, Action> create)
    {
        var sizes = new LanguageModelSizes { Modules = modules };
        var work = new LanguageModelWork(sizes, Words, BatchSize);
        return new(BenchTopic.Lm, name, steps, setup => create(new LanguageModelProblem(setup, sizes, Words, BatchSize), setup))
        {
            PeerRequest = $"text {step} {modules} 1",
            Work = step switch
            {
                "e" => work.Search(Samples),
                "t" => work.GradientStep(picks: MixedModules, logits: 2 * modules),
                _ => work.GradientStep(picks: 1, logits: modules),
            },
        };
    }

    internal static Action MStep(LanguageModelProblem problem, BenchSetup setup)
    {
        var model = problem.Model(new ModeSelection());
        var mStep = new MStep<TextBatch>(
            model,
            new StoredCompositions<TextBatch>(problem.Compositions(model)),
            new Tape(setup.Kernels),
            new Adam(model.Parameters, setup.Kernels));
        return () => mStep.Run(problem.Datapoints, problem.Batch, setup.Key);
    }

    private static Action EStep(LanguageModelProblem problem, BenchSetup setup)
    {
        var model = problem.Model(new ModeSelection());
        var eStep = new EStep<TextBatch>(
            model, problem.Compositions(model), new Tape(setup.Kernels), new SampledCandidates<TextBatch>(Samples));
        ulong steps = 0;
        return () => eStep.Run(problem.Datapoints, problem.Batch, setup.Key.Split("samples").Split(steps++));
    }

    private static Action Reinforce(LanguageModelProblem problem, BenchSetup setup)
    {
        var model = problem.Model(new ModeSelection());
        var trainer = new Reinforce<TextBatch>(
            model, problem, new Adam(model.Parameters, setup.Kernels), new Tape(setup.Kernels), setup.Key.Split("training"));
        return () => trainer.Step();
    }

    private static Action TopK(LanguageModelProblem problem, BenchSetup setup)
    {
        var model = problem.Model(new MixtureSelection(4));
        var trainer = new NoisyTopK<TextBatch>(
            model, problem, new Adam(model.Parameters, setup.Kernels), new Tape(setup.Kernels), setup.Key.Split("training"),
            new NoisyTopKOptions { MixedModules = MixedModules });
        return () => trainer.Step();
    }
}
