using System.Globalization;

namespace ModularNetworks.Tests;

public sealed class FitCheckpointTests
{
    private static readonly Corners Train = new(200, seed: 1);
    private static readonly FitOptions Options = new() { Epochs = 12, BatchSize = 40, LearningRate = 0.05, Patience = 20, Starts = 2 };

    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    public void A_training_that_was_stopped_goes_on_and_ends_with_the_same_bits(int linesBefore)
    {
        var whole = Classifier();
        var expected = whole.Fit(Train.Rows, Train.Labels, Options);
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var options = Options with { CheckpointFolder = folder.Path };
        using var progress = new StoppingWriter(stop, linesBefore);
        var stopped = Classifier();
        Assert.Throws<OperationCanceledException>(() => stopped.Fit(Train.Rows, Train.Labels, options with { Cancellation = stop.Token, Progress = progress }));
        var resumed = Classifier();
        var history = resumed.Fit(Train.Rows, Train.Labels, options);
        Assert.Equal(expected.ToString(), history.ToString());
        Assert.Equal((expected.Best, expected.Start), (history.Best, history.Start));
        Assert.Equal(ModularClassifierTests.Parameters(whole.Model), ModularClassifierTests.Parameters(resumed.Model));
        // Once it is done, it is not done again.
        Assert.Equal(expected.ToString(), Classifier().Fit(Train.Rows, Train.Labels, options with { Progress = new StoppingWriter(stop, 0) }).ToString());
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        using var folder = new TemporaryFolder();
        var options = new FitOptions { Steps = 3, CheckpointFolder = folder.Path };
        Classifier().Fit(Train.Rows, Train.Labels, options);
        Refused(options with { Steps = 4 }, Train.Labels);
        Refused(options with { Method = TrainingMethod.Reinforce }, Train.Labels);
        Refused(options, [1 - Train.Labels[0], .. Train.Labels[1..]]);

        static void Refused(FitOptions options, int[] labels) => Assert.Contains(
            "other options", Assert.Throws<CheckpointException>(() => Classifier().Fit(Train.Rows, labels, options)).Message, StringComparison.Ordinal);
    }

    private static ModularClassifier Classifier() => new(inputs: 2, classes: 2, modules: 4, seed: 1, hidden: 4);

    /// <summary>Asks for a stop once some lines were written, and fails at the line after; with no lines, fails at the first.</summary>
    private sealed class StoppingWriter(CancellationTokenSource stop, int lines) : StringWriter(CultureInfo.InvariantCulture)
    {
        private int _written;

        public override void WriteLine(string? value)
        {
            Assert.True(++_written <= lines, "There is another line.");
            if (_written == lines)
                stop.Cancel();
        }
    }
}
