using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Runs a network by all of its compositions at once, with gradients to all of them.</summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="network">Runs; not recurrent.</param>
/// <param name="compositions">All compositions of the network.</param>
internal sealed class AllRuns<TBatch>(ModularNetwork<TBatch> network, AllCompositions compositions)
{
    private readonly GivenSelection _given = new(IndexTensor.Allocate(new Shape(0, 0)));

    /// <summary>Runs each datapoint by each composition.</summary>
    /// <param name="pass">The run; its tape records the operations.</param>
    /// <param name="batch">The datapoints.</param>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <param name="trainingKey">Draws what the network drops and how it augments its inputs.</param>
    /// <returns>log p(y|x, a, θ) and log p(a|x, φ), <c>[compositions * batch]</c> each, in nats.</returns>
    public (Tensor LogLikelihood, Tensor LogProbability) Run(ForwardPass pass, TBatch batch, int batchSize, RandomKey trainingKey)
    {
        pass.BeginTraining(_given.Replace(compositions.ForAll(pass.Tape, batchSize), compositions.Count), batchSize, trainingKey);
        var logLikelihood = network.LogLikelihood(pass, batch);
        pass.RequireComplete();
        return (logLikelihood, pass.Trace.RequireLogProbability());
    }
}
