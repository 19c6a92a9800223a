using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class DetachedControllersTests
{
    private const int Batch = 5;

    private static readonly RandomKey Key = RandomKey.FromSeed(41);
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 3, Picks: 2, Steps: 4);

    [Fact]
    public void Modules_before_a_controller_learn_from_the_likelihood_alone() => AssertDetaches(
        () => VectorNetwork.Create(layers: 3, modules: 3, picks: 2),
        VectorNetwork.Batch(Key, Batch, size: 2, Precision.Double));

    [Fact]
    public void A_recurrent_unit_learns_from_the_likelihood_alone() => AssertDetaches(
        () => new SequenceNetwork(Sizes), SequenceNetwork.Batch(Key, Sizes, Batch, Precision.Double));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Trainers_detach_controllers_if_they_are_asked_to(bool em)
    {
        var (coupled, detached) = (Step(em, isDetached: false), Step(em, isDetached: true));
        foreach (var (one, other) in coupled.Zip(detached))
        {
            // The last layer's modules decide no selection, and controllers are there for nothing else.
            if (IsController(one) || one.Name.StartsWith("layer 1", StringComparison.Ordinal))
                Assert.Equal(one.Value.Values, other.Value.Values);
            else
                Assert.False(one.Value.Values.SequenceEqual(other.Value.Values), one.Name);
        }
    }

    /// <summary>The parameters of two layers after one gradient step.</summary>
    private static IReadOnlyList<Parameter> Step(bool em, bool isDetached)
    {
        using var bench = new Workbench(Precision.Single);
        var network = VectorNetwork.Create(layers: 2, modules: 2, picks: 1);
        var data = new ToyProblem(230, Key);
        var optimizer = new Sgd(network.Parameters, bench.Kernels, learningRate: 0.1);
        // The moving average of rewards begins with the first, which then teaches the controllers nothing.
        var reinforce = new ReinforceOptions { DetachedControllers = isDetached, ControlVariate = ControlVariate.BatchMean };
        ITrainer trainer = em
            ? new ViterbiEm<VectorBatch>(network, data, optimizer, bench.Tape, Key, new() { DetachedControllers = isDetached })
            : new Reinforce<VectorBatch>(network, data, optimizer, bench.Tape, Key, reinforce);
        trainer.Step();
        return network.Parameters;
    }

    private static void AssertDetaches<TBatch>(Func<ModularNetwork<TBatch>> create, TBatch batch)
    {
        var likelihood = Gradients(create(), batch, detaches: true, selections: false, out double alone);
        var coupled = Gradients(create(), batch, detaches: false, selections: true, out double expected);
        var detached = Gradients(create(), batch, detaches: true, selections: true, out double actual);
        Assert.Equal(expected, actual, 1e-14);
        Assert.NotEqual(alone, actual, 1e-3);
        bool modulesDiffer = false;
        for (int i = 0; i < detached.Count; i++)
        {
            var wanted = IsController(detached[i]) ? coupled[i] : likelihood[i];
            Numbers.AssertClose(wanted.Gradient.ToDoubles(), detached[i].Gradient, 1e-12, wanted.Name);
            modulesDiffer |= !coupled[i].Gradient.ToDoubles().SequenceEqual(detached[i].Gradient.ToDoubles());
        }
        Assert.True(modulesDiffer);
    }

    /// <summary>Parameters with the gradients of the mean of log p(y|x, a), plus log p(a|x) if it is asked for.</summary>
    private static IReadOnlyList<Parameter> Gradients<TBatch>(
        ModularNetwork<TBatch> network, TBatch batch, bool detaches, bool selections, out double loss)
    {
        using var bench = new Workbench(Precision.Double);
        Numbers.Randomize(network.Parameters, Key, Precision.Double);
        var pass = new ForwardPass(bench.Tape) { DetachesControllers = detaches };
        pass.BeginStored(new CompositionStore(network.Layout, Batch, Key), [.. Enumerable.Range(0, Batch)]);
        var value = network.LogLikelihood(pass, batch);
        var mean = bench.Tape.Mean(selections ? bench.Tape.Add(value, pass.Trace.LogProbability!) : value);
        bench.Tape.Backward(mean);
        loss = mean.ToScalar();
        return network.Parameters;
    }

    private static bool IsController(Parameter parameter) => parameter.Name.Contains("controller", StringComparison.Ordinal);
}
