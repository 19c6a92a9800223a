using System.Globalization;

namespace ModularNetworks.Tests;

public sealed class FitOptionsTests
{
    private static readonly Corners Train = new(330, seed: 1);
    private static readonly Corners Validation = new(100, seed: 2);

    [Fact]
    public void There_is_a_line_of_progress_and_a_measurement_for_each_epoch()
    {
        using var progress = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var history = Classifier().Fit(Train.Rows, Train.Labels, new FitOptions { Epochs = 3, BatchSize = 100, Progress = progress, ValidationShare = 0.1 });
        // 297 rows make 2 mini-batches of 100.
        Assert.Equal([2, 4, 6], history.Measurements.Select(measured => measured.Steps));
        Assert.Equal([1.0, 2, 3], history.Measurements.Select(measured => measured.Epoch));
        Assert.Equal(history + "\n", progress.ToString());
        Assert.StartsWith("epoch 1: loss 0.", progress.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, history.Best);
        Assert.False(history.StoppedEarly);
    }

    [Fact]
    public void Many_epochs_are_measured_at_most_100_times_and_after_the_last_step()
    {
        var history = Classifier().Fit(Train.Rows, Train.Labels, new FitOptions { Steps = 333, BatchSize = 330 });
        Assert.Equal(84, history.Measurements.Count);
        Assert.Equal(4, history.Measurements[0].Steps);
        Assert.Equal(333, history.Measurements[^1].Steps);
    }

    [Fact]
    public void Training_stops_when_validation_gets_no_better_and_the_best_parameters_are_put_back()
    {
        var classifier = Classifier();
        var options = new FitOptions { Epochs = 60, LearningRate = 0.3, Patience = 2 };
        var history = classifier.Fit(Train.Rows, Train.Labels, Validation.Rows, Validation.Labels, options);
        Assert.True(history.StoppedEarly);
        Assert.Equal(history.Best + 3, history.Measurements.Count);
        Assert.Equal(history.Measurements.Min(measured => measured.Validation!.Loss), history.Kept.Validation!.Loss);
        Assert.Equal(history.Kept.Validation, classifier.Evaluate(Validation.Rows, Validation.Labels));
    }

    [Fact]
    public void The_best_of_several_starts_is_kept_and_the_first_is_that_of_one()
    {
        var classifier = Classifier();
        var options = new FitOptions { Steps = 30, ValidationShare = 0.2 };
        double first = classifier.Fit(Train.Rows, Train.Labels, options).Kept.Validation!.Loss;
        using var progress = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var best = classifier.Fit(Train.Rows, Train.Labels, options with { Starts = 4, Progress = progress });
        string[] last = [.. progress.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).GroupBy(line => line.Split(',')[0]).Select(start => start.Last())];
        Assert.Equal(["start 1 of 4", "start 2 of 4", "start 3 of 4", "start 4 of 4"], last.Select(line => line.Split(',')[0]));
        double[] losses = [.. last.Select(line => double.Parse(line.Split("loss ")[2].Split(',')[0], CultureInfo.InvariantCulture))];
        Assert.Equal(first, losses[0], 1e-4);
        Assert.Equal(losses.Min(), best.Kept.Validation!.Loss, 1e-4);
        Assert.Equal(Array.IndexOf(losses, losses.Min()), best.Start);
    }

    [Fact]
    public void A_stop_that_is_asked_for_leaves_what_was_fitted_before()
    {
        var classifier = Classifier();
        classifier.Fit(Train.Rows, Train.Labels, new FitOptions { Steps = 5 });
        float[] before = ModularClassifierTests.Parameters(classifier.Model);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => classifier.Fit(Train.Rows, Train.Labels, new FitOptions { Cancellation = stop.Token }));
        Assert.Equal(before, ModularClassifierTests.Parameters(classifier.Model));
    }

    private static ModularClassifier Classifier() => new(inputs: 2, classes: 2, modules: 4, seed: 1, hidden: 4);
}
