using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Gathers the errors of predicted numbers.</summary>
internal sealed class RegressionErrors
{
    private double _squared;
    private double _absolute;
    private double _sum;
    private double _sumOfSquares;
    private int _count;

    /// <summary>Adds predictions.</summary>
    /// <param name="output">The predicted numbers, <c>[rows, 1]</c>.</param>
    /// <param name="targets">The numbers, <c>[rows, 1]</c>.</param>
    public void Add(Tensor output, Tensor targets)
    {
        Span<float> predicted = output.Values, wanted = targets.Values;
        for (int row = 0; row < predicted.Length; row++)
        {
            double error = (double)predicted[row] - wanted[row];
            _squared += error * error;
            _absolute += Math.Abs(error);
            _sum += wanted[row];
            _sumOfSquares += (double)wanted[row] * wanted[row];
        }
        _count += predicted.Length;
    }

    /// <summary>
    /// R², the share of the targets' variance that the predictions explain, <c>r2</c> (none if all targets are the same), and the mean absolute
    /// error in the targets' own units, <c>meanAbsoluteError</c>.
    /// </summary>
    /// <param name="deviation">The number that the targets were divided by.</param>
    public (string Name, double? Value)[] Numbers(double deviation)
    {
        double variation = _sumOfSquares - (_sum * _sum / _count);
        return [("r2", variation > 0 ? 1 - (_squared / variation) : null), ("meanAbsoluteError", _absolute / _count * deviation)];
    }
}
