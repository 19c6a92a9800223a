namespace ModularNetworks.Benchmarks;

/// <summary>What can be measured by itself.</summary>
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

    /// <summary>Predictions for one datapoint.</summary>
    Inference,

    /// <summary>The tool, from its start to its end.</summary>
    Startup,
}
