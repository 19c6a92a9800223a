using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Makes the experiment that options describe.</summary>
public static class ExperimentFactory
{
    /// <summary>Reads the data, creates the network and its trainer.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="kernels">What does the arithmetic.</param>
    /// <exception cref="DataException">Data are missing or damaged.</exception>
    public static Experiment Create(RunOptions options, Kernels kernels) => options switch
    {
        ToyOptions toy => new ToyExperiment(toy, kernels),
        LanguageModelOptions text => new LanguageModelExperiment(text, PennTreebank.Load(text.Data), kernels),
        ImageClassifierOptions images => new ImageClassifierExperiment(images, images.Load(), kernels),
        _ => throw new ArgumentException($"ExperimentFactory: there is none for {options?.GetType().Name}."),
    };
}
