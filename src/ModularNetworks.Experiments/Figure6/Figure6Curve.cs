namespace ModularNetworks.Experiments;

/// <summary>The finished runs of a variant, and their measurements at each measured step over the seeds.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Points">The measurements in the order of steps.</param>
/// <param name="Runs">Its runs, which took the same number of steps.</param>
public sealed record Figure6Curve(
    Figure6Variant Variant, IReadOnlyList<Figure6CurvePoint> Points, IReadOnlyList<Figure6Result> Runs)
{
    /// <summary>The curve of a variant: that of its runs that took the most steps.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="finished">All finished runs of the variant, at least one.</param>
    /// <param name="stepsPerEpoch">The number of gradient steps that go through all training images once.</param>
    public static Figure6Curve Of(Figure6Variant variant, IReadOnlyList<Figure6Result> finished, int stepsPerEpoch)
    {
        var runs = ReproductionRuns.Longest(finished);
        var points = runs.SelectMany(run => run.Points)
            .GroupBy(point => point.Step)
            // A run that was extended was measured at its old last step too.
            .Where(group => group.Count() == runs.Length)
            .OrderBy(group => group.Key)
            .Select(group => new Figure6CurvePoint(
                group.Key,
                (double)group.Key / stepsPerEpoch,
                SeedSpread.Of(group.Select(point => (double?)point.TrainAccuracy))!,
                SeedSpread.Of(group.Select(point => point.StoredTrainAccuracy)),
                SeedSpread.Of(group.Select(point => (double?)point.TestAccuracy))!,
                SeedSpread.Of(group.Select(point => point.SelectionEntropy)),
                SeedSpread.Of(group.Select(point => point.BatchSelectionEntropy))));
        return new Figure6Curve(variant, [.. points], runs);
    }
}

/// <summary>The measurements of a variant's runs at a step.</summary>
/// <param name="Step">The number of gradient steps taken.</param>
/// <param name="Epoch">The same in passes through all training images.</param>
/// <param name="TrainAccuracy">The share of training images whose most probable class is theirs, with the controller's mode.</param>
/// <param name="StoredTrainAccuracy">The same with the stored compositions; null if the method keeps none.</param>
/// <param name="TestAccuracy">The share of test images, with the controller's mode.</param>
/// <param name="SelectionEntropy">H_a on test images, in nats; null if nothing is selected.</param>
/// <param name="BatchSelectionEntropy">H_b on test images, in nats; null if nothing is selected.</param>
public sealed record Figure6CurvePoint(
    long Step,
    double Epoch,
    SeedSpread TrainAccuracy,
    SeedSpread? StoredTrainAccuracy,
    SeedSpread TestAccuracy,
    SeedSpread? SelectionEntropy,
    SeedSpread? BatchSelectionEntropy);
