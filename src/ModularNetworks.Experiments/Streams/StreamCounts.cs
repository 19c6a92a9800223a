namespace ModularNetworks.Experiments;

/// <summary>Counts the predictions of EM on a stream of tasks.</summary>
internal static class StreamCounts
{
    /// <summary>
    /// The predictions of all E-steps for each datapoint of a mini-batch if every task adds a module to both layers. After t tasks there are
    /// then t modules of each layer, 2 t + 1 trials, which E-steps halve, and t² pairs of known modules, which the last of them scores too.
    /// </summary>
    public static double MostEStepPredictions(StreamOptions options)
    {
        double pairs = 0;
        for (int tasks = 0; tasks < StreamOptions.Tasks; tasks++)
        {
            int trials = Math.Min((2 * tasks) + 1, (2 * options.Modules) - (2 * tasks));
            pairs += Math.Pow(Math.Min(tasks, options.Modules), 2);
            for (; trials > 2; trials = (trials + 1) / 2)
                pairs += trials;
            pairs += Math.Max(trials, 0);
        }
        return pairs * Math.Min(options.Stream.EStepBatches, options.StepsPerTask);
    }
}
