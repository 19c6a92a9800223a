namespace ModularNetworks.Benchmarks;

/// <summary>The work of steps of a language model, K = 1.</summary>
/// <param name="sizes">Its sizes.</param>
/// <param name="vocabulary">The number of words.</param>
/// <param name="batchSize">The number of windows in a mini-batch.</param>
internal sealed class LanguageModelWork(LanguageModelSizes sizes, int vocabulary, int batchSize)
{
    private readonly double _words = (double)batchSize * sizes.Window;

    /// <summary>Forward, backward (twice the products of the forward pass), optimiser.</summary>
    public Work GradientStep(int picks, int logits)
    {
        double joined = sizes.Embedding + sizes.Hidden;
        double parameters = vocabulary * (joined + 1) + joined * (2 * sizes.Hidden + sizes.Modules * sizes.Hidden + logits);
        double unit = 2 * _words * joined * (2 * sizes.Hidden + picks * sizes.Hidden + logits);
        // Products forward, with the states' gradient, with the weights' gradient; the last has a column for the bias.
        double softmax = 2 * _words * vocabulary * (3 * sizes.Hidden + 1);
        return new Work(
            new WorkPart("output softmax", softmax, Exponentials: _words * vocabulary),
            new WorkPart("recurrent unit", 3 * unit, Bytes: 4 * _words * (2 * sizes.Embedding + 6 * sizes.Hidden)),
            Optimizer(parameters));
    }

    /// <summary>Forward only, for all compositions, which share the products with the words' vectors.</summary>
    public Work Search(int samples)
    {
        double candidates = _words * (samples + 1), hidden = sizes.Hidden;
        double shared = 2 * _words * sizes.Embedding * (2 * hidden + sizes.Modules * hidden + sizes.Modules);
        double own = 2 * candidates * hidden * (2 * hidden + hidden + sizes.Modules);
        return new Work(
            new WorkPart("output softmax", 2 * candidates * vocabulary * hidden, Exponentials: candidates * vocabulary),
            new WorkPart("recurrent unit", shared + own, Bytes: 4 * candidates * 2 * hidden));
    }

    /// <summary>The work of Adam, which reads four numbers of each parameter and writes three.</summary>
    public static WorkPart Optimizer(double parameters) => new("optimiser", 0, Bytes: 7 * sizeof(float) * parameters);
}
