using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Targets with independent Gaussian noise of one variance around the network's output:
/// log p(y|μ) = -Σ_d (y_d - μ_d)² / (2σ²) - (D / 2) log(2πσ²).
/// </summary>
public sealed class GaussianLikelihood
{
    // Beyond these, a square over the variance is zero or infinite in single precision for errors of any usual size.
    private const double LeastVariance = 1e-30;
    private const double LargestVariance = 1e30;

    private readonly double _logVariance;

    private GaussianLikelihood(double variance, Parameter? learned)
    {
        if (!(variance >= LeastVariance && variance <= LargestVariance))
        {
            throw new ArgumentOutOfRangeException(
                nameof(variance),
                $"GaussianLikelihood: the variance is {variance}; it must be from {LeastVariance} to {LargestVariance}. Scale the targets.");
        }
        _logVariance = Math.Log(variance);
        LogVariance = learned;
        Parameters = learned is null ? [] : [learned];
    }

    /// <summary>log σ², <c>[1]</c>, if the variance is learned; otherwise null.</summary>
    public Parameter? LogVariance { get; }

    /// <summary>The learned parameters: none, or the variance.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>A variance that stays as it is.</summary>
    /// <param name="variance">σ², in squared units of the target, from 1e-30 to 1e30.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is outside this range, or not a number.</exception>
    public static GaussianLikelihood Fixed(double variance) => new(variance, null);

    /// <summary>A variance that is learned with the other parameters.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="initialVariance">σ² to begin with, in squared units of the target, from 1e-30 to 1e30.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is outside this range, or not a number.</exception>
    public static GaussianLikelihood Learned(string name, double initialVariance)
    {
        var parameter = new Parameter(name, new Shape(1));
        var likelihood = new GaussianLikelihood(initialVariance, parameter);
        parameter.Value.Values[0] = (float)likelihood._logVariance;
        return likelihood;
    }

    /// <summary>Scores the network's output.</summary>
    /// <param name="batch">The rows of the run.</param>
    /// <param name="mean">μ, <c>[rows, D]</c>; of a sequence <c>[steps * rows, D]</c>, time-major.</param>
    /// <param name="target">y, <c>[batch, D]</c>, or <c>[steps * batch, D]</c>.</param>
    /// <returns>log p(y|μ), summed over steps, <c>[rows]</c>, in nats.</returns>
    /// <exception cref="ShapeException">The mean has not rows for whole steps of the run, or the target is of another size.</exception>
    public Tensor LogLikelihood(BatchRows batch, Tensor mean, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(target);
        if (mean.Shape.Rank != 2 || target.Shape.Rank != 2 || batch.Rows == 0 || mean.Shape[0] % batch.Rows != 0 || target.Shape[1] != mean.Shape[1])
        {
            throw new ShapeException(
                $"GaussianLikelihood: the mean has shape {mean.Shape}, the target {target.Shape}; needed are [steps * rows, D] and [steps * batch, D] "
                + $"with {Counted.Of(batch.Rows, "row")} of {Counted.Of(batch.BatchSize, "datapoint")}.");
        }
        var tape = batch.Tape;
        int rows = batch.Rows, steps = mean.Shape[0] / rows, dimensions = steps * mean.Shape.Last;
        var squares = tape.SumLast(tape.Square(tape.Subtract(mean, batch.ForCandidates(target, steps))));
        if (steps > 1)
            squares = tape.SumAxis(tape.Reshape(squares, new Shape(steps, rows)), 0);
        double constant = -0.5 * dimensions * Math.Log(2 * Math.PI);
        if (LogVariance is null)
            return tape.Shift(tape.Scale(squares, -0.5 * Math.Exp(-_logVariance)), constant - (0.5 * dimensions * _logVariance));

        var precision = tape.Reshape(tape.Exp(tape.Scale(LogVariance.Value, -1)), new Shape(1, 1));
        var weighted = tape.Scale(tape.MatrixProduct(tape.Reshape(squares, new Shape(rows, 1)), precision), -0.5);
        var normalised = tape.AddBias(weighted, tape.Scale(LogVariance.Value, -0.5 * dimensions));
        return tape.Reshape(tape.Shift(normalised, constant), new Shape(rows));
    }
}
