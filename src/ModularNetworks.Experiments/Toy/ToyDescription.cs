using System.Globalization;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Shows the maps that the modules learned beside the true ones.</summary>
internal static class ToyDescription
{
    /// <summary>A block of lines for each module: what it learned, and the true map that is nearest.</summary>
    public static IEnumerable<string> Lines(ToyRegression problem, LinearModules modules)
    {
        for (int module = 0; module < modules.Modules; module++)
        {
            double[] learned = MatrixOf(modules, module);
            double toRotation = Distance(learned, problem.Rotation), toScaling = Distance(learned, problem.Scaling);
            bool isRotation = toRotation < toScaling;
            double[] truth = ToDoubles(isRotation ? problem.Rotation : problem.Scaling);
            string name = isRotation ? "R (rotation)" : "S (scaling)";
            yield return $"module {module} learned               true {name}";
            yield return $"  {Row(learned, 0)}    {Row(truth, 0)}";
            yield return $"  {Row(learned, 1)}    {Row(truth, 1)}";
            var bias = modules.Bias.Value.Values.Slice(2 * module, 2);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  bias {bias[0],8:F4} {bias[1],8:F4}          largest difference {Math.Min(toRotation, toScaling):F4}");
        }
    }

    /// <summary>The matrix that acts on a column, <c>y = W x</c>; modules compute with rows, <c>y = x W</c>.</summary>
    internal static double[] MatrixOf(LinearModules modules, int module)
    {
        var weight = modules.Weight.Value.Values.Slice(4 * module, 4);
        return [weight[0], weight[2], weight[1], weight[3]];
    }

    internal static double[] ToDoubles(ReadOnlySpan<float> matrix) => [matrix[0], matrix[1], matrix[2], matrix[3]];

    private static double Distance(double[] learned, ReadOnlySpan<float> truth)
    {
        double largest = 0;
        for (int i = 0; i < learned.Length; i++)
            largest = Math.Max(largest, Math.Abs(learned[i] - truth[i]));
        return largest;
    }

    private static string Row(double[] matrix, int row) => string.Create(
        CultureInfo.InvariantCulture, $"[{matrix[2 * row],8:F4} {matrix[(2 * row) + 1],8:F4} ]");
}
