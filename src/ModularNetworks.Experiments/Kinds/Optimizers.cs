using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Makes the optimiser that a run's options ask for.</summary>
public static class Optimizers
{
    /// <summary>Makes an optimiser.</summary>
    /// <param name="settings">The options.</param>
    /// <param name="parameters">The parameters that it adjusts.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    public static Optimizer Create(OptimizerSettings settings, IReadOnlyList<Parameter> parameters, Kernels kernels)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new Adam(parameters, kernels, settings.LearningRate, lazy: settings.LazyAdam)
        {
            WeightDecay = settings.WeightDecay,
            SkipsNonFinite = settings.SkipNonFinite,
            MaxGradientNorm = settings.MaxGradientNorm > 0 ? settings.MaxGradientNorm : null,
        };
    }
}
