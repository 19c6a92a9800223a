using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Benchmarks;

/// <summary>Steps of the toy problem (paper, section 3.1): two linear modules of two dimensions, 100 points a mini-batch.</summary>
internal static class ToyCases
{
    private const int BatchSize = 100;
    private const int Dimensions = 2;
    private const int Modules = 2;
    private const int Samples = 10;
    private const double NoiseVariance = 0.04;
    private const int Steps = 500;

    public static IReadOnlyList<BenchCase> All { get; } =
    [
        new(BenchTopic.Toy, "M-step 2/1, one thread", Steps, MStep)
        {
            PeerRequest = "toy m",
            IsSingleThreaded = true,
            Work = new Work(new WorkPart("forward and backward", 3 * BatchSize * Operations, Exponentials: BatchSize * Modules)),
        },
        new(BenchTopic.Toy, "E-step 2/1, one thread", Steps, EStep)
        {
            PeerRequest = "toy e",
            IsSingleThreaded = true,
            Work = new Work(new WorkPart("forward", BatchSize * OperationsOfAllModules, Exponentials: BatchSize * Modules)),
        },
    ];

    /// <summary>The work of one module and of the controller, for a point.</summary>
    private static double Operations => 2 * Dimensions * (Dimensions + Modules);

    /// <summary>The operations of a search: each module runs once, and the controller.</summary>
    private static double OperationsOfAllModules => 2 * Dimensions * (Dimensions * Modules + Modules);

    private static Action MStep(BenchSetup setup)
    {
        var (network, compositions, batch, points) = Problem(setup);
        var optimizer = new Adam(network.Parameters, setup.SingleThreaded);
        var mStep = new MStep<RegressionBatch>(network, new StoredCompositions<RegressionBatch>(compositions), new Tape(setup.SingleThreaded), optimizer);
        return () => mStep.Run(points, batch, setup.Key);
    }

    private static Action EStep(BenchSetup setup)
    {
        var (network, compositions, batch, points) = Problem(setup);
        var eStep = new EStep<RegressionBatch>(
            network, compositions, new Tape(setup.SingleThreaded), new SampledCandidates<RegressionBatch>(Samples));
        ulong steps = 0;
        return () => eStep.Run(points, batch, setup.Key.Split("samples").Split(steps++));
    }

    private static (ToyNetwork Network, CompositionStore Compositions, RegressionBatch Batch, int[] Points) Problem(
        BenchSetup setup)
    {
        var noise = GaussianLikelihood.Fixed(NoiseVariance);
        var network = new ToyNetwork(Modules, picks: 1, new ModeSelection(), noise, setup.Key.Split("network"));
        var shape = new Shape(BatchSize, Dimensions);
        return (
            network,
            new CompositionStore(network.Layout, BatchSize, setup.Key.Split("compositions")),
            new RegressionBatch(setup.RandomTensor(shape, "inputs"), setup.RandomTensor(shape, "targets")),
            [.. Enumerable.Range(0, BatchSize)]);
    }
}
