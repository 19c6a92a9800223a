using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Makes the optimiser that a run's options ask for.</summary>
internal static class Optimizers
{
    public static Optimizer Create(RunOptions options, IReadOnlyList<Parameter> parameters, Kernels kernels) =>
        new Adam(parameters, kernels, options.LearningRate, lazy: options.LazyAdam)
        {
            WeightDecay = options.WeightDecay,
            SkipsNonFinite = options.SkipNonFinite,
            MaxGradientNorm = options.MaxGradientNorm > 0 ? options.MaxGradientNorm : null,
        };
}
