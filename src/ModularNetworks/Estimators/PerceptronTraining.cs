using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Trains a perceptron from one start or several, and keeps the best.</summary>
/// <param name="owner">The name of the estimator's type, for messages.</param>
/// <param name="settings">What the estimator was prepared with.</param>
/// <param name="options">The options of the training.</param>
internal sealed class PerceptronTraining(string owner, PerceptronSettings settings, FitOptions options)
{
    // The probability of the modules that an input begins with.
    private const double StartProbability = 0.9;

    // As many compositions as expected scores can score.
    private const double MostScored = 4096;

    private readonly RandomKey _key = RandomKey.FromSeed(settings.Seed);
    private readonly TrainingMethod _method = options.Method ?? DefaultFor(settings.Sizes);

    /// <summary>Trains.</summary>
    /// <param name="rows">The rows to train with.</param>
    /// <param name="validation">The rows to validate with; null to hold out what the options say.</param>
    /// <returns>What was fitted, and how it went.</returns>
    public (PerceptronModel Model, FitHistory History) Run(TargetRows rows, TargetRows? validation)
    {
        options.Validate();
        if (validation is null && options.HeldOutShare > 0)
        {
            var (train, held) = HeldOut.Of(rows.Inputs.Count, options.HeldOutShare, _key.Split("validation"));
            (rows, validation) = (rows.Choose(train), rows.Choose(held));
        }
        if (validation is null && options.NeedsValidation)
            throw new ArgumentException($"{owner}: Patience and Starts need validation rows. Give some, or a ValidationShare above 0.");
        var inputs = Standardisation.Fit(rows.Inputs, owner);
        if (validation is not null)
            Standardisation.RequireFinite(validation.Inputs, $"{owner}: validation");
        var target = rows.Numbers is null ? null : Standardisation.Fit(VectorRows.Of(rows.Numbers, features: 1), owner);
        if (target is { Deviations: [0] })
            throw new ArgumentException($"{owner}: all targets are {target.Means[0]}; there is nothing to learn.");
        using var own = settings.Device is null ? new Device(settings.Threads) : null;
        return Starts.BestOf(options, start => Train(new Data(rows, validation, inputs, target), settings.Device ?? own!, start));
    }

    /// <summary>
    /// The sizes of a network that selects its modules by a rule. Nothing selects those of mixtures and of the baseline, so that they are not
    /// related; the baseline has no others.
    /// </summary>
    public static ModularMlpSizes SizesFor(ModularMlpSizes sizes, SelectionRule rule) => rule switch
    {
        FixedSelection => sizes with { Modules = sizes.Picks },
        MixtureSelection => sizes,
        _ => sizes with { Families = new ModuleFamilies(sizes.Picks) },
    };

    /// <summary>The method that did best for perceptrons: EM, and expected scores from then on, if all compositions can be scored.</summary>
    private static EmMethod DefaultFor(ModularMlpSizes sizes) => new()
    {
        Options = new() { DetachedControllers = true },
        Expected = Math.Pow(sizes.Modules, sizes.Picks) > MostScored
            ? null
            : new() { Composition = ExpectedComposition.Sampled, DetachedControllers = true },
    };

    private (PerceptronModel Model, FitHistory History) Train(Data data, Device device, int start)
    {
        var key = Starts.KeyOf(_key, start);
        var sizes = SizesFor(settings.Sizes, _method.Rule);
        var begin = StartOf(data, sizes, key.Split("clusters"), out int[]? inputKeys);
        var network = new ModularMlp(begin is null ? sizes : sizes with { InputKeys = begin.Assignment.InputKeys }, _method.Rule, key.Split("network"));
        begin?.Apply(network, StartProbability);
        var model = new PerceptronModel(owner, network, _method.Rule, data.Inputs, data.Target);
        var job = new FitJob<VectorBatch>(network, model.PointsOf(data.Rows, inputKeys), device, key)
        {
            Start = begin is null ? null : new AssignedSelection(begin.Assignment),
            Fingerprint = options.CheckpointFolder is null ? "" : data.Fingerprint(),
            LossOffset = data.Target is null ? 0 : Math.Log(data.Target.Deviations[0]),
            Label = Starts.LabelOf(options, start),
        };
        var history = Fitting.Run(
            job, Starts.OptionsOf(options, start) with { Method = _method }, data.Validation is null ? null : () => model.Evaluate(data.Validation, device.Tape));
        return (model, history);
    }

    private PerceptronStart? StartOf(Data data, ModularMlpSizes sizes, RandomKey key, out int[]? inputKeys)
    {
        inputKeys = null;
        if (!sizes.Families.Any)
            return null;
        if (data.Rows.Inputs.Count < sizes.Modules)
        {
            throw new ArgumentException(
                $"{owner}: {data.Rows.Inputs.Count} rows make no {Counted.Of(sizes.Modules, "cluster")}. Give as many rows to train with as modules at least, or fewer modules.");
        }
        var standardised = new StandardisedRows(data.Rows.Inputs, data.Inputs);
        var clusters = InputClusters.Fit(standardised, sizes.Modules, key);
        inputKeys = clusters.KeysOf(standardised);
        return new PerceptronStart(sizes, clusters, key.Split("modules"));
    }

    private sealed record Data(TargetRows Rows, TargetRows? Validation, Standardisation Inputs, Standardisation? Target)
    {
        /// <summary>Tells the data from others: by the means and deviations of the inputs, and all targets.</summary>
        public string Fingerprint() => Starts.FingerprintOf(
            Bytes<float>(Inputs.Means), Bytes<float>(Inputs.Deviations), Bytes<int>(Rows.Classes), Bytes<float>(Rows.Numbers),
            Bytes<int>(Validation?.Classes), Bytes<float>(Validation?.Numbers));

        private static byte[] Bytes<T>(T[]? values)
            where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}
