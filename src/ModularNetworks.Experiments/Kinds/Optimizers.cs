using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Makes the optimiser that a run's options ask for.</summary>
internal static class Optimizers
{
    public static Optimizer Create(OptimizerSettings settings, IReadOnlyList<Parameter> parameters, Kernels kernels) =>
        new Adam(parameters, kernels, settings.LearningRate, lazy: settings.LazyAdam)
        {
            WeightDecay = settings.WeightDecay,
            SkipsNonFinite = settings.SkipNonFinite,
            MaxGradientNorm = settings.MaxGradientNorm > 0 ? settings.MaxGradientNorm : null,
        };
}
