using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options of a <see cref="ModularMlp"/> that predicts a column of a table from the others.</summary>
public sealed record TableOptions : DataRunOptions, IWidthOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "table";

    /// <summary>Creates the defaults.</summary>
    public TableOptions()
    {
        Modules = 8;
        Families = true;
        DetachedControllers = true;
        // What won on digits: modules begin with the cluster of the input, and expected scores train on.
        Em = new() { Start = CompositionStarts.Clusters };
        Expected = new() { ExpectedAfter = 100, ExpectedComposition = ExpectedComposition.Sampled };
        Steps = 3000;
        BatchSize = 128;
        Optimizer = new() { LearningRate = 3e-3, LearningRateCooldown = 0.4 };
        Intervals = new() { LogEvery = 250, EvaluateEvery = 500, CheckpointEvery = 1000 };
    }

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <summary>The column to predict: a name in the header or, if none is called so, a number from 1.</summary>
    public string Target { get; init; } = "";

    /// <summary>Options of how the table is read.</summary>
    public TableReading Reading { get; init; } = new();

    /// <summary>σ², the variance of the noise that the likelihood assumes of a target that is a number, in squared deviations of it.</summary>
    public double NoiseVariance { get; init; } = 1;

    /// <summary>
    /// The number of modules of the network that a baseline without controllers is compared with: it has so many more hidden units that a prediction
    /// takes as many operations as there, with the controllers. 0 for as many units as a module.
    /// </summary>
    public int PayForModules { get; init; }

    /// <summary>Options of the network.</summary>
    public ModularMlpSettings Network { get; init; } = new() { Hidden = 32, Shared = true };

    /// <summary>The clusters that a run has kept, so that none are fitted; null if there are none.</summary>
    internal Clusters? Kept { get; init; }

    /// <summary>The options with what the run has kept of its table, so that an evaluation need not fit it again.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="RunException">The run's <c>preprocessing.json</c> is damaged or was changed.</exception>
    public TableOptions WithKept(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return TablePreprocessing.Read(run) is { } kept ? this with { Kept = kept.Clusters } : this;
    }

    /// <inheritdoc/>
    public override RunOptions WithMethod(string method) =>
        method == TrainingMethods.Em
            ? base.WithMethod(method)
            : this with { Method = method, Expected = new(), PayForModules = method == TrainingMethods.Fixed ? Modules : 0 };

    /// <inheritdoc/>
    int IWidthOptions.Width => Network.Hidden;

    /// <inheritdoc/>
    RunOptions IWidthOptions.WithWidth(int width) => this with { Network = Network with { Hidden = width }, PayForModules = 0 };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Reading.Validate();
        Network.Validate();
        Require(double.IsFinite(NoiseVariance) && NoiseVariance > 0, "noiseVariance", NoiseVariance, "a number above 0");
        Require(
            PayForModules == 0 || (IsFixed && PayForModules >= Picks && PayForModules <= 10_000), "payForModules", PayForModules,
            "0, or for --method fixed, which it widens, from the number of --parallel to 10000");
    }

    private protected override IReadOnlyList<CompositionStarts> Beginnings =>
        [CompositionStarts.Uniform, CompositionStarts.Mode, CompositionStarts.Clusters];

    private protected override IReadOnlyList<CompositionKeys> Keys =>
        Em.Start == CompositionStarts.Clusters ? [CompositionKeys.Datapoint, CompositionKeys.Cluster] : [CompositionKeys.Datapoint];

    private protected override double LargestTensor =>
        Math.Max(base.LargestTensor, CandidateRows * Network.LargestRow(Picks));

    /// <summary>Splits a table and makes vectors of its rows.</summary>
    /// <exception cref="DataException">A cell is not what its column holds, or rows are too few.</exception>
    internal TableProblem Prepare(TextTable table)
    {
        var problem = TableProblem.Create(table, Reading.Ask(Target), RandomKey.FromSeed(Seed).Split("split"));
        int clusters = Network.Clusters > 0 ? Network.Clusters : Modules;
        if (Em.Start == CompositionStarts.Clusters && problem.Splits.Train.Count < clusters)
        {
            throw new DataException(
                $"{table.Source}: {Counted.Of(problem.Splits.Train.Count, "row")} for training cannot make {Counted.Of(clusters, "cluster")}. Lower --modules, or give --set start=uniform.");
        }
        return problem;
    }

    /// <summary>The kept clusters, if they are of the vectors of an encoding; those of another table have other numbers of them.</summary>
    internal Clusters? ClustersFor(TableEncoding encoding) => Kept?.Centres.Shape[1] == encoding.Features() ? Kept : null;

    /// <summary>The sizes of the network for a table.</summary>
    internal ModularMlpSizes Sizes(TableEncoding encoding)
    {
        var sizes = Network.Sizes(this, encoding.Features(), encoding.Target.Classes?.Count ?? 0) with
        {
            Families = RelatedModules,
            NoiseVariance = NoiseVariance,
        };
        return PayForModules > 0 ? sizes.PayingFor(PayForModules) : sizes;
    }
}
