using ModularNetworks.Experiments;
using static ModularNetworks.Browser.Tests.Controllers;

namespace ModularNetworks.Browser.Tests;

/// <summary>A run on the toy problem.</summary>
internal static class ToyRun
{
    public const int Points = 40;

    private const int Rows = 35;
    private const int StepsBetween = 250;

    private static readonly double[] Rotation = [0.8, -0.6, 0.6, 0.8];
    private static readonly double[] Scaling = [1.5, 0, 0, 0.5];

    /// <summary>Writes a run that has finished.</summary>
    public static RunWriter Write(string path, int measurements, ulong seed = 1)
    {
        var run = new RunWriter(path, new ToyOptions { Seed = seed });
        run.Metrics(Each(measurements, i => Line((i + 1) * StepsBetween, 1.0 / ((i + 1) * (i + (double)seed)))));
        run.Snapshots(Each(measurements + 1, i => Snapshot(i * StepsBetween, (double)i / measurements)));
        run.Inspection(new
        {
            step = measurements * StepsBetween,
            split = "test",
            selectionEntropy = 0.001,
            batchSelectionEntropy = 0.692,
            information = 0.691,
            storedAgreement = 1,
            oracleGap = new { nats = 0.02, samples = 10, datapoints = 512 },
            leakage = new { nats = 0.015, datapoints = 512 },
            eStepVisits = 12.5,
            ablation = new { metric = "loss", value = 0.001 },
            layers = new[] { Layer() },
        });
        run.Summary(new { steps = measurements * StepsBetween, test = new { loss = 0.001 }, wallSeconds = 2.5, version = "1.2.3", simd = "Vector256", threads = 1 });
        return run;
    }

    /// <summary>A line of metrics.</summary>
    public static object Line(long step, double loss) => new
    {
        step,
        train = new { logLikelihood = -loss, selectionLogProbability = -0.1 },
        eStep = new { jointLogProbability = -loss - 0.1, changedShare = 0.03, visits = step / 100.0 },
        test = new { loss },
        selectionEntropy = 0.1,
        batchSelectionEntropy = 0.6,
        usage = new[] { 0.4, 0.6 },
        layers = new[] { Measures("layer", 2, 0.9) },
        seconds = step / 1000.0,
    };

    /// <summary>A line of snapshots; the first, of step 0, also names things.</summary>
    public static object Snapshot(long step, double sure)
    {
        var layers = new[] { Controllers.Layer("layer", 2, 1, Rows, sure) };
        // Before training, every datapoint of a group picks another module than the one before.
        object[] flows = [Flow("R (rotation)", 20, 1, 1, (point, _, _) => sure > 0.5 ? 0 : point % 2), Flow("S (scaling)", 20, 1, 1, (point, _, _) => sure > 0.5 ? 1 : point % 2)];
        int[][] selected = Each(Points, point => (int[])[point % 2]);
        object[] maps = [new { matrix = Each(4, i => sure * Rotation[i]), bias = new[] { 0, 0 } }, new { matrix = Each(4, i => sure * Scaling[i]), bias = new[] { 0, 0 } }];
        return step > 0
            ? new { step, layers, flows, selected, maps }
            : new
            {
                step,
                layers,
                flows,
                selected,
                maps,
                rows = Each(Rows, row => row % 2 == 0 ? "R (rotation)" : "S (scaling)"),
                columns = new[] { "layer" },
                toy = new { rotation = Rotation, scaling = Scaling, points = Each(Points, Point) },
            };
    }

    private static object Point(int number)
    {
        var (x, y) = (Math.Cos(number) * 2, Math.Sin(3 * number) * 2);
        double[] map = number % 2 == 0 ? Rotation : Scaling;
        return new
        {
            x = new[] { x, y },
            y = new[] { (map[0] * x) + (map[1] * y), (map[2] * x) + (map[3] * y) },
            map = number % 2 == 0 ? "R" : "S",
        };
    }

    private static object Layer() => new
    {
        name = "layer",
        modules = 2,
        selectionEntropy = 0.001,
        batchSelectionEntropy = 0.692,
        information = 0.691,
        effectiveModules = 1.998,
        deadModules = Array.Empty<int>(),
        loadRatio = 1.02,
        collapseAverage = 0.013,
        collapseWorst = 0.027,
        usage = new[] { 0.49, 0.51 },
        labels = new[] { new { kind = "component", mutualInformation = 0.69, normalizedMutualInformation = 0.99 } },
        rules = new { alignment = 0.011, inverseMutualInformation = 0.055, adaptation = 0.007 },
        details = Each(2, module => new
        {
            module,
            usage = 0.49 + (0.02 * module),
            without = 0.85,
            classes = new[] { new { label = module == 0 ? "R (rotation)" : "S (scaling)", share = 1, lift = 2 } },
        }),
    };
}
