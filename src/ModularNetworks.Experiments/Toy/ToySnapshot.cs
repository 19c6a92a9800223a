using System.Text.Json.Serialization;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The entries of a toy problem's snapshots beside the controller's decisions: the maps, and once the problem itself.</summary>
internal static class ToySnapshot
{
    /// <summary>The number of points that are shown, at most.</summary>
    public const int MostPoints = 300;

    /// <summary>The map of every module.</summary>
    public static ToyMap[] Maps(LinearModules modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        return [.. Enumerable.Range(0, modules.Modules).Select(module => new ToyMap(
            Rounded(ToyDescription.MatrixOf(modules, module)),
            Rounded([.. modules.Bias.Value.Values.Slice(2 * module, 2).ToArray().Select(number => (double)number)])))];
    }

    /// <summary>The true maps and some held-out points.</summary>
    public static ToyProblem Problem(ToyRegression problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new ToyProblem(
            Rounded(ToyDescription.ToDoubles(problem.Rotation)),
            Rounded(ToyDescription.ToDoubles(problem.Scaling)),
            [.. Enumerable.Range(0, Math.Min(MostPoints, problem.HeldOut.Count)).Select(n => Point(problem.HeldOut, n))]);
    }

    private static ToyPoint Point(ToyPoints points, int n) => new(
        Rounded([points.Inputs[2 * n], points.Inputs[(2 * n) + 1]]),
        Rounded([points.Targets[2 * n], points.Targets[(2 * n) + 1]]),
        points.Components[n] == 0 ? "R" : "S");

    private static double[] Rounded(double[] numbers) => [.. numbers.Select(number => Math.Round(number, 4))];
}

/// <summary>An affine map of the plane.</summary>
/// <param name="Matrix">The matrix, row by row.</param>
/// <param name="Bias">What is added.</param>
[CompiledJson(typeof(ToySnapshotTypes))]
internal sealed record ToyMap(IReadOnlyList<double> Matrix, IReadOnlyList<double> Bias);

/// <summary>The problem behind the data.</summary>
/// <param name="Rotation">The matrix of the map R.</param>
/// <param name="Scaling">The matrix of the map S.</param>
/// <param name="Points">Some points.</param>
[CompiledJson(typeof(ToySnapshotTypes))]
internal sealed record ToyProblem(IReadOnlyList<double> Rotation, IReadOnlyList<double> Scaling, IReadOnlyList<ToyPoint> Points);

/// <summary>A point of the data.</summary>
/// <param name="X">The input.</param>
/// <param name="Y">The target.</param>
/// <param name="Map">The map that made it: R or S.</param>
[CompiledJson(typeof(ToySnapshotTypes))]
internal sealed record ToyPoint(IReadOnlyList<double> X, IReadOnlyList<double> Y, string Map);

/// <summary>The records of this file, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(ToyMap))]
[JsonSerializable(typeof(ToyProblem))]
[JsonSerializable(typeof(ToyMap[]))]
internal sealed partial class ToySnapshotTypes : JsonSerializerContext;
