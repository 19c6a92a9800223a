using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The check of what a <see cref="ModularGru"/> is given, made once where it comes in: all ways in which the unit computes rely on it.
/// </summary>
internal static class GruCheck
{
    /// <summary>Checks whole sequences.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="batch">The number of sequences.</param>
    /// <param name="input">What the unit is given.</param>
    /// <exception cref="ShapeException">A shape does not fit.</exception>
    public static void RequireSequences(ModularGru unit, int batch, in LayerInput input)
    {
        input.Require();
        var (values, initial, keys) = (input.Values.Shape, input.Initial?.Shape, input.InputKeys?.Shape);
        bool fits = values.Rank == 2 && values[1] == unit.Inputs && input.Steps >= 1 && values[0] == (long)input.Steps * batch
            && initial is { Rank: 2 } states && states[0] == batch && states[1] == unit.Hidden
            && (keys is not { } shown || shown.Count == values[0]);
        if (!fits)
        {
            throw new ShapeException(
                $"ModularGru {unit.Name}: inputs have shape {values}, initial {initial?.ToString() ?? "none"}, inputKeys "
                + $"{keys?.ToString() ?? "none"}; needed are [steps * batch, inputs] with a batch of {batch} and {Counted.Of(unit.Inputs, "input")}, "
                + $"[{batch}, {unit.Hidden}], and a key for each input or none.");
        }
    }

    /// <summary>Checks a single step.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="inputs">What the unit is given.</param>
    /// <param name="states">The states before.</param>
    /// <exception cref="ShapeException">A shape does not fit.</exception>
    public static void RequireStep(ModularGru unit, in ControllerInput inputs, Tensor states)
    {
        ArgumentNullException.ThrowIfNull(inputs.Values);
        var (values, keys) = (inputs.Values.Shape, inputs.InputKeys?.Shape);
        bool fits = values.Rank == 2 && values[1] == unit.Inputs
            && states.Shape.Rank == 2 && states.Shape[0] == values[0] && states.Shape[1] == unit.Hidden
            && (keys is not { } shown || shown.Count == values[0]);
        if (!fits)
        {
            throw new ShapeException(
                $"ModularGru {unit.Name}: inputs have shape {values}, states {states.Shape}, inputKeys {keys?.ToString() ?? "none"}; needed "
                + $"are [rows, {unit.Inputs}], [rows, {unit.Hidden}], and a key for each row or none.");
        }
    }
}
