using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>The direction of a trainer's step, compared with central differences of what it is said to maximise.</summary>
internal static class StepGradient
{
    /// <summary>Fails unless a step of gradient descent goes along the gradient of a function of the parameters.</summary>
    /// <param name="bench">In double precision.</param>
    /// <param name="network">Is trained for one step.</param>
    /// <param name="data">The only mini-batch.</param>
    /// <param name="batchSize">Its number of datapoints.</param>
    /// <param name="maximised">The function, by the parameters as they are.</param>
    /// <param name="create">Makes the trainer.</param>
    public static void AssertIs<TBatch>(
        Workbench bench,
        ModularNetwork<TBatch> network,
        TBatch data,
        int batchSize,
        Func<double> maximised,
        Func<ITrainingSet<TBatch>, Optimizer, ITrainer> create)
    {
        double[][] differences = [.. network.Parameters.Select(parameter => Differences(parameter, maximised))];
        double[][] moved = Of(bench, network, data, batchSize, create);
        for (int i = 0; i < moved.Length; i++)
            Numbers.AssertClose(differences[i], moved[i], 1e-6, network.Parameters[i].Name);
        Assert.Contains(differences, of => of.Any(difference => Math.Abs(difference) > 0.01));
    }

    /// <summary>How far a step of gradient descent moves each parameter with a step size of 1.</summary>
    public static double[][] Of<TBatch>(
        Workbench bench, ModularNetwork<TBatch> network, TBatch data, int batchSize, Func<ITrainingSet<TBatch>, Optimizer, ITrainer> create)
    {
        double[][] before = [.. network.Parameters.Select(parameter => parameter.Value.ToDoubles())];
        create(new OneBatch<TBatch>(data, batchSize), new Sgd(network.Parameters, bench.Kernels, learningRate: 1)).Step();
        return [.. network.Parameters.Zip(before).Select(pair => Moved(pair.First.Value.ToDoubles(), pair.Second))];
    }

    private static double[] Moved(double[] after, double[] before) => [.. after.Zip(before).Select(pair => pair.First - pair.Second)];

    private static double[] Differences(Parameter parameter, Func<double> function)
    {
        const double change = 1e-6;
        return [.. Enumerable.Range(0, parameter.Shape.Count).Select(i =>
        {
            double kept = parameter.Value[i];
            parameter.Value[i] = kept + change;
            double above = function();
            parameter.Value[i] = kept - change;
            double below = function();
            parameter.Value[i] = kept;
            return (above - below) / (2 * change);
        })];
    }

    /// <summary>All datapoints in one mini-batch, in their order.</summary>
    private sealed class OneBatch<TBatch>(TBatch batch, int count) : ITrainingSet<TBatch>
    {
        public int Count => count;

        public bool IsOrdered => true;

        public TBatch Load(ReadOnlySpan<int> datapoints) => batch;
    }
}
