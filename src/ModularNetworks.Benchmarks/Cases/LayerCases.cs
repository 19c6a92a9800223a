using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>
/// A modular layer of linear modules by the number of its modules, K = 1: the cost of a module that is used, and of
/// one that is not.
/// </summary>
internal static class LayerCases
{
    /// <summary>The number of rows.</summary>
    public const int BatchSize = 4096;

    private const int Units = 256;
    private const int SmallUnits = 32;
    private const int UsedModulesLog2 = 6;
    private const int UsedModules = 1 << UsedModulesLog2;

    private const int ManyModules = 65_536;
    private const string Dense = "dense layer of the same arithmetic";
    private const string AllUsed = "64 used of M = 64, with Adam";
    private const string AllUsedSelected = "64 used of M = 64, with Adam and linear controller";

    // So unlikely that they are never drawn.
    private const float LogitOfUnused = -200;

    public static IReadOnlyList<BenchCase> All { get; } =
    [
        new(BenchTopic.Layer, Dense, Steps: 15, DenseStep) { PeerRequest = "dense", Work = LayerWork(1) },
        LayerCase(modules: 8, steps: 15),
        LayerCase(modules: 128, steps: 9),
        LayerCase(modules: 1024, steps: 5),
        new(BenchTopic.Layer, AllUsed, Steps: 25, setup => ConfinedStep(setup, UsedModules))
        {
            PeerRequest = $"confined {UsedModules}",
            Work = ConfinedWork,
        },
        new(BenchTopic.Layer, "64 used of M = 65536, with Adam", Steps: 25, setup => ConfinedStep(setup, ManyModules))
        {
            Work = ConfinedWork,
            Beside = AllUsed,
        },
        new(BenchTopic.Layer, AllUsedSelected, Steps: 25, SelectedFromFew),
        SelectedCase(branches: 256, levels: 2),
        SelectedCase(branches: 16, levels: 4),
    ];

    private static Work ConfinedWork => new(
        new WorkPart(
            "forward and backward",
            6.0 * BatchSize * SmallUnits * SmallUnits,
            Bytes: 5.0 * BatchSize * SmallUnits * sizeof(float)),
        LanguageModelWork.Optimizer((double)UsedModules * SmallUnits * (SmallUnits + 1)));

    private static BenchCase LayerCase(int modules, int steps) =>
        new(BenchTopic.Layer, $"M = {modules}", steps, setup => ModularStep(setup, modules))
        {
            PeerRequest = $"layer {modules}",
            Work = LayerWork(modules),
            Beside = Dense,
        };

    private static BenchCase SelectedCase(int branches, int levels) => new(
        BenchTopic.Layer,
        $"64 used of M = {ManyModules}, with Adam and controller of {levels} levels",
        Steps: 25,
        setup => SelectedFromMany(setup, branches, levels))
    {
        Beside = AllUsedSelected,
    };

    /// <summary>
    /// The work of a layer. Weights are read forward and backward and their gradient is written; inputs are read twice, outputs
    /// and both gradients once.
    /// </summary>
    private static Work LayerWork(int modules) => new(new WorkPart(
        "forward and backward",
        6.0 * BatchSize * Units * Units,
        Bytes: sizeof(float) * Units * ((3.0 * modules * Units) + (5.0 * BatchSize))));

    private static Action DenseStep(BenchSetup setup)
    {
        var step = new LayerStep(setup, BatchSize, Units, Units);
        var weight = new Parameter("weight", new Shape(Units, Units));
        Initialization.GlorotUniform(weight.Value, Units, Units, setup.Key);
        return () => step.Run(tape => tape.MatrixProduct(step.Input, weight.Value));
    }

    private static Action ModularStep(BenchSetup setup, int modules)
    {
        var step = new LayerStep(setup, BatchSize, Units, Units);
        var pool = new LinearModules("modules", modules, Units, Units, Activation.None, setup.Key);
        var selection = setup.RandomIndices(new Shape(BatchSize, 1), modules, "selection");
        return () => step.Run(tape => pool.Forward(tape, step.Input, selection));
    }

    /// <summary>A step of a layer of which <see cref="UsedModules"/> modules are picked, spread over all modules.</summary>
    private static Action ConfinedStep(BenchSetup setup, int modules)
    {
        var step = new LayerStep(setup, BatchSize, SmallUnits, SmallUnits);
        var pool = new LinearModules("modules", modules, SmallUnits, SmallUnits, Activation.None, setup.Key);
        var selection = setup.RandomIndices(new Shape(BatchSize, 1), UsedModules, "selection");
        for (int i = 0; i < BatchSize; i++)
            selection.Values[i] *= modules / UsedModules;
        var adam = new Adam(pool.Parameters, setup.Kernels);
        return () =>
        {
            step.Run(tape => pool.Forward(tape, step.Input, selection));
            adam.Step();
        };
    }

    private static Action SelectedFromFew(BenchSetup setup) =>
        SelectedStep(setup, new LinearController("controller", SmallUnits, UsedModules, picks: 1, setup.Key));

    /// <summary>Selects from 64 of the modules: at each level, the other branches are made too unlikely to be drawn.</summary>
    private static Action SelectedFromMany(BenchSetup setup, int branches, int levels)
    {
        var controller = new MultiLevelController("controller", SmallUnits, branches, levels, picks: 1, setup.Key);
        var bias = controller.Parameters.Single(parameter => parameter.Shape.Rank == 1).Value.Values;
        for (int level = 0; level < levels; level++)
        {
            int used = 1 << ((UsedModulesLog2 + level) / levels);
            bias[((level * branches) + used)..((level + 1) * branches)].Fill(LogitOfUnused);
        }
        return SelectedStep(setup, controller);
    }

    /// <summary>The controller draws modules, they run, and modules and controller learn: a step of REINFORCE.</summary>
    private static Action SelectedStep(BenchSetup setup, Controller controller)
    {
        var step = new LayerStep(setup, BatchSize, SmallUnits, SmallUnits);
        var pool = new LinearModules("modules", controller.Modules, SmallUnits, SmallUnits, Activation.None, setup.Key);
        var layer = new ModularLayer("layer", pool, controller);
        var adam = new Adam([.. pool.Parameters, .. controller.Parameters], setup.Kernels);
        var pass = new ForwardPass(step.Tape);
        ulong steps = 0;
        return () =>
        {
            step.RunSelected(pass, layer, setup.Key.Split(steps++));
            adam.Step();
        };
    }
}
