using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Scores pairs of modules for a task: the mean of log p(y|x, a, θ) over some mini-batches of its datapoints.</summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
/// <param name="network">Scores the pairs.</param>
/// <param name="data">The datapoints, in the order of the gradient steps.</param>
/// <param name="pass">The run of the network.</param>
internal sealed class StreamEStep<TBatch>(ModularNetwork<TBatch> network, ITrainingSet<TBatch> data, ForwardPass pass)
{
    private readonly GivenSelection _given = new(IndexTensor.Allocate(new Shape(0, 0)));

    /// <summary>Scores pairs.</summary>
    /// <param name="pairs">The pairs, at least one.</param>
    /// <param name="firstDatapoint">The number of the first datapoint.</param>
    /// <param name="batchSize">The number of datapoints in a mini-batch.</param>
    /// <param name="batches">The number of mini-batches.</param>
    /// <returns>The score of each pair, in nats per datapoint.</returns>
    public double[] Score(IReadOnlyList<ModulePair> pairs, int firstDatapoint, int batchSize, int batches)
    {
        double[] scores = new double[pairs.Count];
        int[] datapoints = SizedArray.Create<int>(nameof(StreamEm<>), batchSize);
        for (int batch = 0; batch < batches; batch++)
        {
            for (int row = 0; row < batchSize; row++)
                datapoints[row] = firstDatapoint + (batch * batchSize) + row;
            pass.Tape.Reset(recording: false);
            pass.Begin(_given.Replace(ForAll(pairs, batchSize), pairs.Count), batchSize);
            var logLikelihood = network.LogLikelihood(pass, data.Load(datapoints));
            for (int row = 0; row < logLikelihood.Shape.Count; row++)
                scores[row / batchSize] += logLikelihood[row] / ((double)batches * batchSize);
        }
        return scores;
    }

    private IndexTensor ForAll(IReadOnlyList<ModulePair> pairs, int batchSize)
    {
        int rows = Sizes.Product("StreamEm, pairs of modules", pairs.Count, batchSize);
        var compositions = pass.Tape.RentIndices(new Shape(rows, 2));
        for (int row = 0; row < rows; row++)
        {
            var pair = pairs[row / batchSize];
            (compositions.Values[2 * row], compositions.Values[(2 * row) + 1]) = (pair.First, pair.Second);
        }
        return compositions;
    }
}
