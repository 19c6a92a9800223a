using System.Text.Json.Nodes;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The entries of a toy problem's snapshots beside the controller's decisions: the maps, and once the problem itself.</summary>
internal static class ToySnapshot
{
    /// <summary>The number of points that are shown, at most.</summary>
    public const int MostPoints = 300;

    /// <summary>The map of every module.</summary>
    public static JsonArray Maps(LinearModules modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        return [.. Enumerable.Range(0, modules.Modules).Select(module => new JsonObject
        {
            ["matrix"] = Numbers(ToyDescription.MatrixOf(modules, module)),
            ["bias"] = Numbers([.. modules.Bias.Value.Values.Slice(2 * module, 2).ToArray().Select(number => (double)number)]),
        })];
    }

    /// <summary>The true maps and some held-out points.</summary>
    public static JsonObject Problem(ToyRegression problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new JsonObject
        {
            ["rotation"] = Numbers(ToyDescription.ToDoubles(problem.Rotation)),
            ["scaling"] = Numbers(ToyDescription.ToDoubles(problem.Scaling)),
            ["points"] = new JsonArray([.. Enumerable.Range(0, Math.Min(MostPoints, problem.HeldOut.Count)).Select(n => Point(problem.HeldOut, n))]),
        };
    }

    private static JsonObject Point(ToyPoints points, int n) => new()
    {
        ["x"] = Numbers([points.Inputs[2 * n], points.Inputs[(2 * n) + 1]]),
        ["y"] = Numbers([points.Targets[2 * n], points.Targets[(2 * n) + 1]]),
        ["map"] = points.Components[n] == 0 ? "R" : "S",
    };

    private static JsonArray Numbers(double[] numbers) => [.. numbers.Select(number => (JsonNode)Math.Round(number, 4))];
}
