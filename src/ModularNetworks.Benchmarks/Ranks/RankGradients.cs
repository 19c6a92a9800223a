using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>What ranks tell each other of the gradients of their language model, in bytes.</summary>
/// <param name="DenseBytes">What is always sent.</param>
/// <param name="TableBytes">The vectors of all words, of which those are sent that some rank has read.</param>
/// <param name="RowBytes">A bit for each row of a table or a stack: whether the rank has touched it.</param>
internal sealed record RankGradients(double DenseBytes, double TableBytes, double RowBytes)
{
    private const double BitsOfByte = 8;

    /// <summary>The share of the words that a rank reads, as words are drawn uniformly.</summary>
    public static double TableShare => 1 - Math.Pow(1 - (1.0 / RankWork.Words), RankWork.Windows * RankWork.Sizes.Window);

    /// <summary>Counts them.</summary>
    /// <param name="parameters">The parameters, after a step in blocks.</param>
    public static RankGradients Of(IReadOnlyList<Parameter> parameters)
    {
        var tables = parameters.Where(parameter => parameter.IsTable).ToList();
        return new RankGradients(
            Bytes(parameters.Except(tables)),
            Bytes(tables),
            parameters.Where(parameter => parameter.GradientRows is not null).Sum(parameter => Math.Ceiling(parameter.Shape[0] / BitsOfByte)));
    }

    private static double Bytes(IEnumerable<Parameter> parameters) => parameters.Sum(parameter => (double)parameter.Shape.Count * sizeof(float));
}
