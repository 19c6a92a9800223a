using ModularNetworks.Experiments;
using static ModularNetworks.Browser.Tests.Controllers;

namespace ModularNetworks.Browser.Tests;

/// <summary>A run on images: five layers of ten modules, of which two are used at once.</summary>
internal static class ImageRun
{
    public const int Images = 3;

    private const int Modules = 10;
    private const int Picks = 2;
    private const int Measurements = 4;
    private const int StepsBetween = 1000;

    // One red pixel.
    private const string Png =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    private static readonly string[] Layers = ["convolution1", "convolution2", "convolution3", "hidden", "output"];
    private static readonly string[] Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Writes a run that has finished.</summary>
    public static void Write(string path)
    {
        var run = new RunWriter(path, new Cifar10Options());
        run.Metrics(Each(Measurements, Line));
        run.Snapshots(Each(Measurements + 1, i => Snapshot(i * StepsBetween, (double)i / Measurements)));
        run.Inspection(new
        {
            step = Measurements * StepsBetween,
            split = "test",
            selectionEntropy = 0.28,
            batchSelectionEntropy = 1.9,
            information = 1.62,
            storedAgreement = 0.93,
            oracleGap = (object?)null,
            layers = Layers.Select(Inspected),
            thumbnails = Enumerable.Range(0, Images).ToDictionary(i => $"{i}", i => new { label = Classes[i], png = Png }),
        });
        run.Summary(new { steps = Measurements * StepsBetween, test = new { accuracy = 0.5 } });
    }

    /// <summary>Writes a run that logged gradient steps and, at its end, a single measurement.</summary>
    public static void WriteMeasuredOnce(string path, ulong seed)
    {
        var run = new RunWriter(path, new Cifar10Options { Seed = seed });
        run.Metrics(Each(3, i => new { step = 100 * (i + 1), train = new { logLikelihood = -2.0 + (0.2 * i) } }));
        run.Metrics(Line(0));
    }

    private static object Line(int i) => new
    {
        step = (i + 1) * StepsBetween,
        train = new { logLikelihood = -2.0 + (0.2 * i), selectionLogProbability = -1.0, accuracy = 0.2 * (i + 1), storedAccuracy = 0.21 * (i + 1) },
        eStep = new { jointLogProbability = -3.0, changedShare = 0.4 },
        test = new { accuracy = 0.15 * (i + 1), logLikelihood = -1.5 },
        selectionEntropy = 0.28,
        batchSelectionEntropy = 1.2,
        usage = Each(Layers.Length, _ => Measures("", Modules, 0.5).Usage),
        layers = Layers.Select((name, layer) => Measures(name, Modules, 0.15 * (i + layer))),
        seconds = 20.5 * i,
    };

    private static object Snapshot(int step, double sure)
    {
        var layers = Layers.Select(name => Layer(name, Modules, Picks, 35, sure));
        var flows = Classes.Select((name, c) => Flow(
            name, 20 + c, Layers.Length, Picks,
            (point, column, k) => (sure < 0.5 ? (3 * point) + (5 * k) + column : c + (4 * k) + (point % 2)) % Modules));
        return step > 0
            ? new { step, layers, flows }
            : new { step, layers, flows, rows = Each(35, row => Classes[row % Classes.Length]), columns = Layers };
    }

    private static object Inspected(string name)
    {
        var layer = Measures(name, Modules, 0.8);
        return new
        {
            name,
            modules = Modules,
            selectionEntropy = layer.SelectionEntropy,
            batchSelectionEntropy = layer.BatchSelectionEntropy,
            information = layer.Information,
            effectiveModules = layer.EffectiveModules,
            deadModules = layer.DeadModules,
            loadRatio = layer.LoadRatio,
            usage = layer.Usage,
            labels = new[] { new { kind = "class", mutualInformation = 0.8, normalizedMutualInformation = 0.4 } },
            details = Each(Modules, module => new
            {
                module,
                usage = layer.Usage[module],
                classes = new[] { new { label = Classes[module], share = 0.6, lift = 6 } },
                images = Each(Images, i => i),
            }),
        };
    }
}
