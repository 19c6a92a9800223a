using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Models, readers and trainers serve one thread at a time, and say so to a second one.</summary>
public sealed class SharedByThreadsTests
{
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 3, Picks: 1, Steps: 2);

    [Fact]
    public void One_model_on_eight_threads_answers_rightly_or_says_the_rule()
    {
        var network = VectorNetwork.Create(layers: 2, modules: 4, picks: 2, size: 8);
        var inputs = Enumerable.Range(0, 8).Select(Input).ToArray();
        var alone = new ModularModel(network.Layout, 8, network.Predict);
        var answers = Array.ConvertAll(inputs, input => alone.Predict(input).ToArray());
        var compositions = Array.ConvertAll(inputs, input =>
        {
            alone.Predict(input);
            return alone.Composition[1].ToString();
        });
        var shared = new ModularModel(network.Layout, 8, network.Predict);
        ManyThreads.AssertRightOrRefused(threads: 8, uses: 2000, (thread, _) =>
            shared.Predict(inputs[thread]).SequenceEqual(answers[thread]) && shared.Composition[1].ToString() == compositions[thread]);
    }

    [Fact]
    public void An_answer_outlives_the_prediction_of_another_thread()
    {
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        var model = new ModularModel(network.Layout, 2, network.Predict);
        var answer = model.Predict([1, 2]);
        float[] before = answer.ToArray();
        var other = new Thread(() => model.Predict([-3, 5]));
        other.Start();
        other.Join();
        Assert.Equal(before, answer.ToArray());
        string message = "";
        try
        {
            _ = model.Composition;
        }
        catch (InvalidOperationException refusal)
        {
            message = refusal.Message;
        }
        Assert.Equal("ModularModel: another thread uses it; it serves one thread at a time. Give each thread one of its own.", message);
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
