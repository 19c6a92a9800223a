namespace ModularNetworks.Benchmarks;

/// <summary>A topic: cases that can be measured without the others.</summary>
public enum BenchTopic
{
    /// <summary>Steps of the paper's language model.</summary>
    Lm,

    /// <summary>Steps of the paper's image classifier.</summary>
    Cnn,

    /// <summary>Steps of the toy problem.</summary>
    Toy,

    /// <summary>A modular layer by the number of its modules.</summary>
    Layer,

    /// <summary>Matrix products.</summary>
    Gemm,

    /// <summary>M-steps of larger models that people train, by their sizes.</summary>
    Sizes,

    /// <summary>Predictions for one datapoint.</summary>
    Inference,

    /// <summary>The tool, from the start of its process to its end.</summary>
    Startup,
}
