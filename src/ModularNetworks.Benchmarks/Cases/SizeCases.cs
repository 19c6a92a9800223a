using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>
/// M-steps of the models that people train, from small to large: language models by their states, words and mini-batches, and a
/// layer that reads a table of 1,000 columns.
/// </summary>
internal static class SizeCases
{
    private const int Modules = 8;
    private const int Columns = 1000;
    private const int TableUnits = 64;

    // Larger steps take seconds each, too long to be repeated.
    private const double MostOperations = 3e11;

    // Long steps are few in a round.
    private const double OperationsOfRound = 5e10;
    private const int MostSteps = 15;

    private static readonly int[] States = [64, 256, 512], Vocabularies = [65, 10_000, 50_000], BatchSizes = [16, 128, 512];

    public static IReadOnlyList<BenchCase> All { get; } =
    [
        .. from batchSize in BatchSizes
           from vocabulary in Vocabularies
           from hidden in States
           let problem = Model(batchSize, vocabulary, hidden)
           where problem.Work!.Operations <= MostOperations
           select problem,
        .. BatchSizes.Select(Table),
    ];

    private static BenchCase Model(int batchSize, int vocabulary, int hidden)
    {
        var sizes = new LanguageModelSizes { Modules = Modules, Embedding = hidden, Hidden = hidden };
        var work = new LanguageModelWork(sizes, vocabulary, batchSize).GradientStep(picks: 1, logits: Modules);
        return new(
            BenchTopic.Sizes, $"{batchSize} windows, {vocabulary} words, state of {hidden}", StepsOf(work),
            setup => LanguageModelCases.MStep(new LanguageModelProblem(setup, sizes, vocabulary, batchSize), setup))
        {
            PeerRequest = $"model {Modules} {hidden} {vocabulary} {batchSize}",
            Work = work,
        };
    }

    private static BenchCase Table(int rows)
    {
        var work = new Work(new WorkPart(
            "forward and backward", 6.0 * rows * Columns * TableUnits,
            Bytes: sizeof(float) * (3.0 * Modules * Columns * TableUnits + rows * (3.0 * Columns + 2 * TableUnits))));
        return new(BenchTopic.Sizes, $"{rows} rows of {Columns} columns, {TableUnits} units", StepsOf(work), setup => TableStep(setup, rows))
        {
            PeerRequest = $"table {Modules} {rows} {Columns} {TableUnits}",
            Work = work,
        };
    }

    private static Action TableStep(BenchSetup setup, int rows)
    {
        var step = new LayerStep(setup, rows, Columns, TableUnits);
        var pool = new LinearModules("modules", Modules, Columns, TableUnits, Activation.None, setup.Key);
        var selection = setup.RandomIndices(new Shape(rows, 1), Modules, "selection");
        return () => step.Run(tape => pool.Forward(tape, step.Input, selection));
    }

    private static int StepsOf(Work work) => (int)Math.Clamp(OperationsOfRound / work.Operations, 1, MostSteps);
}
