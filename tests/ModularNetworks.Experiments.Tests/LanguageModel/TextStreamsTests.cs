using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class TextStreamsTests
{
    private const int Window = 3;
    private const int Streams = 2;
    private const int Words = 7;

    // Two streams of eight words: two windows each, the last two words of a stream left out.
    private static readonly TextIds Text = TextIds.Of(new[] { 0, 1, 2, 3, 4, 5, 6, 0, 2, 4, 6, 1, 3, 5, 0, 3, 6 });

    [Fact]
    public void A_batch_holds_one_position_of_all_streams()
    {
        var data = new TextStreams(Text, Window, Streams, hidden: 4);
        Assert.Equal(4, data.Count);
        var first = data.Load([0, 1]);
        Assert.Equal([0, 2, 1, 4, 2, 6], first.Inputs.Values.ToArray());
        Assert.Equal([1, 4, 2, 6, 3, 1], first.Targets.Values.ToArray());
        var second = data.Load([2, 3]);
        Assert.Equal([3, 1, 4, 3, 5, 5], second.Inputs.Values.ToArray());
        Assert.Equal([4, 3, 5, 5, 6, 0], second.Targets.Values.ToArray());
        Assert.Equal([2, 6], second.Before!.Values.ToArray());
        Assert.Throws<ArgumentException>(() => data.Load([0, 3]));
        Assert.Throws<ArgumentException>(() => data.Load([1, 0]));
        Assert.Throws<ArgumentException>(() => data.Load([0]));
    }

    [Fact]
    public void A_stream_that_is_shorter_than_a_window_is_refused()
    {
        var error = Assert.Throws<DataException>(() => new TextStreams(Text, Window, 6, 4));
        Assert.Contains("6 streams of a text of 17 words have 2 words each", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<DataException>(() => new TextStreams(Text, Window, 6, 4, "character"));
        Assert.Contains("6 streams of a text of 17 characters have 2 characters each", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_goes_on_from_the_state_that_the_gradient_step_before_left()
    {
        using var workers = new WorkerPool(1);
        var kernels = SimdKernels.Create(workers);
        var tape = new Tape(kernels);
        var sizes = new LanguageModelSizes { Modules = 2, Window = Window, Embedding = 3, Hidden = 4 };
        var model = new LanguageModel(sizes, Words, new ModeSelection(), RandomKey.FromSeed(1));
        var pass = new ForwardPass(tape);
        var data = new TextStreams(Text, Window, Streams, sizes.Hidden);
        int[] given = [0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1]; // two windows of each of two streams

        double apart = Run(isTraining: true, [0, 1]);
        Assert.Equal(apart, Run(isTraining: false, [0, 1])); // the first window starts from zero, whatever is carried
        apart = Run(isTraining: true, [0, 1]) + Run(isTraining: false, [2, 3]) + (0 * Run(isTraining: true, [2, 3]));

        // The same words in one long window.
        tape.Reset(recording: false);
        pass.Begin(Given(new Shape(1, 6), given.AsSpan(0, 6)), 1);
        double whole = LongWindow(0);
        pass.Begin(Given(new Shape(1, 6), given.AsSpan(6, 6)), 1);
        whole += LongWindow(8);
        Assert.Equal(whole, apart, 1e-4);

        double Run(bool isTraining, int[] datapoints)
        {
            tape.Reset(recording: isTraining);
            var batch = data.Load(datapoints);
            int position = datapoints[0] / Streams;
            var rule = Given(
                new Shape(Streams, Window), [.. given.AsSpan(3 * position, 3), .. given.AsSpan(6 + (3 * position), 3)]);
            if (isTraining)
                pass.BeginTraining(rule, Streams, RandomKey.FromSeed(2));
            else
                pass.Begin(rule, Streams);
            return tape.Sum(model.LogLikelihood(pass, batch)).ToScalar();
        }

        static GivenSelection Given(Shape shape, ReadOnlySpan<int> picks) => new(IndexTensor.From(shape, picks));

        double LongWindow(int start) => tape.Sum(model.LogLikelihood(pass, new TextBatch(
            IndexTensor.From(new Shape(6), Text.ToArray().AsSpan(start, 6)),
            IndexTensor.From(new Shape(6), Text.ToArray().AsSpan(start + 1, 6))))).ToScalar();
    }
}
