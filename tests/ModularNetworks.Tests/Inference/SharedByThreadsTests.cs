using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Models serve any number of threads; readers and trainers serve one at a time, and say so to a second one.</summary>
public sealed class SharedByThreadsTests
{
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 3, Picks: 1, Steps: 2);

    [Fact]
    public void One_model_on_sixteen_threads_answers_as_on_one()
    {
        const int Threads = 16, Predictions = 100_000;
        var network = VectorNetwork.Create(layers: 1, modules: 8, picks: 1, size: 8);
        float[][] inputs = [.. Enumerable.Range(0, 50).Select(Input)];
        var model = new ModularModel(network.Layout, 8, network.Predict);
        var expected = Array.ConvertAll(inputs, input => model.Predict(input));
        Assert.True(expected.Select(answer => string.Join(',', answer.Composition.Picks.ToArray())).Distinct().Count() > 4);
        ModelAnswer[] answers = [.. Enumerable.Range(0, Threads).Select(_ => new ModelAnswer())];
        ManyThreads.AssertRight(Threads, Predictions / Threads, (thread, use) =>
        {
            int n = (thread + use) % inputs.Length;
            model.Predict(inputs[n], answers[thread]);
            return answers[thread].Output.SequenceEqual(expected[n].Output) && answers[thread].Composition.Picks.SequenceEqual(expected[n].Composition.Picks);
        });
    }

    [Fact]
    public void One_answer_on_eight_threads_says_the_rule()
    {
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        var model = new ModularModel(network.Layout, 2, network.Predict);
        var answer = new ModelAnswer();
        ManyThreads.AssertRightOrRefused(threads: 8, uses: 500, (_, _) =>
        {
            model.Predict([1, 2], answer);
            return true;
        });
        answer.Begin();
        var error = Assert.Throws<InvalidOperationException>(() => model.Predict([1, 2], answer));
        Assert.Equal("ModelAnswer: another thread uses it; it serves one thread at a time. Give each thread one of its own.", error.Message);
        answer.End();
        model.Predict([1, 2], answer);
    }

    [Fact]
    public void A_model_that_failed_answers_the_next_one()
    {
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        bool fails = false;
        var model = new ModularModel(network.Layout, 2, (pass, input) => fails ? throw new NotSupportedException() : network.Predict(pass, input));
        var answer = new ModelAnswer();
        model.Predict([1, 2], answer);
        float[] expected = answer.Output.ToArray();
        fails = true;
        Assert.Throws<NotSupportedException>(() => model.Predict([3, 4], answer));
        Assert.Equal(expected, answer.Output.ToArray());
        fails = false;
        model.Predict([1, 2], answer);
        Assert.Equal(expected, answer.Output.ToArray());
    }

    [Fact]
    public void One_trainer_on_four_threads_takes_whole_steps_or_says_the_rule()
    {
        using var bench = new Workbench(Precision.Single);
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        var trainer = new FixedModules<VectorBatch>(
            network, new SomeVectors(), new Sgd(network.Parameters, bench.Kernels, 0.01), bench.Tape, RandomKey.FromSeed(1), batchSize: 4);
        int steps = 0;
        ManyThreads.AssertRightOrRefused(threads: 4, uses: 200, (_, _) =>
        {
            bool isFinite = double.IsFinite(trainer.Step().LogLikelihood);
            Interlocked.Increment(ref steps);
            return isFinite;
        });
        Assert.Equal(steps, trainer.Steps);
    }

    [Fact]
    public void One_reader_on_four_threads_reads_or_says_the_rule()
    {
        var reader = new ModularGruReader(new SequenceNetwork(Sizes).Unit);
        ManyThreads.AssertRightOrRefused(threads: 4, uses: 500, (_, _) =>
        {
            reader.Read([0.5f, -0.5f, 0.25f]);
            return true;
        });
    }

    private static float[] Input(int thread) => [.. Numbers.Uniform(RandomKey.FromSeed((ulong)thread), 8).Select(x => (float)x)];

    private sealed class SomeVectors : ITrainingSet<VectorBatch>
    {
        public int Count => 16;

        public VectorBatch Load(ReadOnlySpan<int> datapoints) => VectorNetwork.Batch(RandomKey.FromSeed(1), datapoints.Length, 2, Precision.Single);
    }
}
