using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Saves and loads what classifier and regressor have in common.</summary>
internal static class PerceptronFiles
{
    /// <summary>Saves a fitted estimator.</summary>
    public static void Save(Stream stream, string owner, PerceptronSettings settings, PerceptronModel model)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var sizes = settings.Sizes;
        var file = new PerceptronFile
        {
            Format = PerceptronFile.CurrentFormat,
            Estimator = owner,
            Inputs = sizes.Inputs,
            Outputs = sizes.Outputs,
            Modules = sizes.Modules,
            Picks = sizes.Picks,
            Hidden = sizes.Hidden,
            Seed = settings.Seed,
            Selection = SavedOf(model.Rule),
            MixedModules = model.Rule is MixtureSelection ? model.Rule.LayoutOf(model.Network.Layout).Layers[0].Picks : 0,
            InputMeans = model.InputMeans.ToArray(),
            InputDeviations = model.InputDeviations.ToArray(),
            TargetMean = model.PredictsNumbers ? model.TargetMean : null,
            TargetDeviation = model.PredictsNumbers ? model.TargetDeviation : null,
        };
        EstimatorFile.Write(stream, model.Network.Parameters, file, PerceptronJson.Default.PerceptronFile);
    }

    /// <summary>Loads an estimator.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or of another kind of estimator.</exception>
    public static PerceptronEstimator Load(Stream stream, string owner, bool isOfNumbers, int threads)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = EstimatorFile.ReadContent(stream, owner, PerceptronJson.Default.PerceptronFile);
        Require(file.Format == PerceptronFile.CurrentFormat, $"it is of format {file.Format}; this version reads format {PerceptronFile.CurrentFormat}");
        RequireSizes(file, isOfNumbers, stream.Length);
        RequirePreprocessing(file, isOfNumbers);
        var sizes = new ModularMlpSizes
        {
            Inputs = file.Inputs,
            Outputs = file.Outputs,
            Modules = file.Modules,
            Picks = file.Picks,
            Hidden = file.Hidden,
            Shared = true,
        };
        SelectionRule rule = file.Selection switch
        {
            SavedSelection.Mixture => new MixtureSelection(file.MixedModules),
            SavedSelection.MixtureOfAll => new MixtureSelection(file.MixedModules, shares: MixtureShares.OfAll),
            SavedSelection.Fixed => new FixedSelection(),
            _ => new ModeSelection(),
        };
        var network = new ModularMlp(PerceptronTraining.SizesFor(sizes, rule), rule, RandomKey.FromSeed(file.Seed));
        EstimatorFile.ReadParameters(stream, network.Parameters);
        var target = isOfNumbers ? new Standardisation([file.TargetMean!.Value], [file.TargetDeviation!.Value]) : null;
        var model = new PerceptronModel(owner, network, rule, new Standardisation(file.InputMeans, file.InputDeviations), target);
        return new PerceptronEstimator(owner, new PerceptronSettings(sizes, file.Seed, threads, Device: null), model);
    }

    private static SavedSelection SavedOf(SelectionRule rule) => rule switch
    {
        MixtureSelection { Shares: MixtureShares.OfAll } => SavedSelection.MixtureOfAll,
        MixtureSelection => SavedSelection.Mixture,
        FixedSelection => SavedSelection.Fixed,
        _ => SavedSelection.Mode,
    };

    /// <summary>Checks sizes before anything is made of them: the parameters must be in the file, so that they take no more memory than it has bytes.</summary>
    private static void RequireSizes(PerceptronFile file, bool isOfNumbers, long bytes)
    {
        bool areSizes = file is { Inputs: >= 1, Outputs: >= 1, Modules: >= 1, Picks: >= 1, Hidden: >= 1 } && file.Picks <= file.Modules
            && (isOfNumbers ? file.Outputs == 1 : file.Outputs >= 2)
            && (file.Selection is SavedSelection.Mixture or SavedSelection.MixtureOfAll ? file.MixedModules >= 1 && file.MixedModules <= file.Modules : file.MixedModules == 0)
            && Enum.IsDefined(file.Selection);
        Require(areSizes, "its sizes are none of a network");
        double modules = file.Selection == SavedSelection.Fixed ? file.Picks : file.Modules;
        double numbers = modules * file.Hidden * ((double)file.Inputs + file.Outputs);
        if (file.Selection == SavedSelection.Mode)
            numbers += modules * file.Picks * file.Inputs;
        Require(numbers * sizeof(float) <= bytes, $"it has {Counted.Of(bytes, "byte")}, too few for the sizes that it tells");
    }

    private static void RequirePreprocessing(PerceptronFile file, bool isOfNumbers)
    {
        Require(file.InputMeans.Length == file.Inputs && file.InputMeans.All(float.IsFinite), $"its means are no {Counted.Of(file.Inputs, "number")}");
        Require(
            file.InputDeviations.Length == file.Inputs && file.InputDeviations.All(deviation => float.IsFinite(deviation) && deviation >= 0),
            $"its deviations are no {file.Inputs} numbers from 0");
        bool isTarget = file is { TargetMean: { } mean, TargetDeviation: { } of } && float.IsFinite(mean) && float.IsFinite(of) && of > 0;
        Require(isOfNumbers ? isTarget : file is { TargetMean: null, TargetDeviation: null }, "mean and deviation of its target are wrong");
    }

    private static void Require(bool isMet, string fault)
    {
        if (!isMet)
            throw new CheckpointException(fault);
    }
}
