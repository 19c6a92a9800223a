using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures a network without each of its modules: a controller that would choose the module takes the next best.</summary>
public static class Ablation
{
    // Below the logits of any trained controller.
    private const float Never = -1e9f;

    /// <summary>Adds to each module the test result of the network without it. The network is as before afterwards.</summary>
    /// <param name="inspection">The inspection of the network.</param>
    /// <param name="experiment">The network with its data.</param>
    /// <returns>Null if the choices of its layers cannot be withheld, since their controllers have no bias for each module.</returns>
    public static NetworkInspection? AddTo(NetworkInspection inspection, Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        ArgumentNullException.ThrowIfNull(experiment);
        Parameter[] biases = [.. experiment.Parameters.Where(IsOfChoices)];
        if (biases.Length != inspection.Layers.Count || biases.Zip(inspection.Layers).Any(pair => pair.First.Shape.Count % pair.Second.Modules != 0))
            return null;
        var whole = Measure(experiment);
        return inspection with
        {
            Ablation = whole,
            Layers = [.. inspection.Layers.Zip(biases, (layer, bias) => layer with
            {
                Details = [.. layer.Details.Select(module => module with { Without = Without(experiment, whole, layer, bias, module) })],
            })],
        };
    }

    private static bool IsOfChoices(Parameter parameter) =>
        parameter.Name.EndsWith("controller.bias", StringComparison.Ordinal) || parameter.Name.EndsWith("controller.linear.bias", StringComparison.Ordinal);

    private static double? Without(Experiment experiment, AblationBase whole, InspectedLayer layer, Parameter bias, ModuleDetail module)
    {
        if (layer.Modules == 1)
            return null;
        // What is never chosen is missed by nobody.
        if (module.Usage == 0)
            return whole.Value;
        float[] kept = [.. bias.Value.Values];
        try
        {
            for (int choice = module.Module; choice < kept.Length; choice += layer.Modules)
                bias.Value.Values[choice] = Never;
            return Measure(experiment).Value;
        }
        finally
        {
            kept.CopyTo(bias.Value.Values);
        }
    }

    private static AblationBase Measure(Experiment experiment)
    {
        var (name, value) = experiment.Evaluate(Experiment.TestSplit).Of(Experiment.TestSplit)!.Numbers[0];
        return new AblationBase(name, value);
    }
}
