namespace ModularNetworks.Benchmarks;

/// <summary>The peer that a benchmark compares with.</summary>
public enum BenchPeer
{
    /// <summary>No peer.</summary>
    None,

    /// <summary>PyTorch in the environment in which it is fast.</summary>
    PyTorch,

    /// <summary>PyTorch as it is installed.</summary>
    PyTorchStock,

    /// <summary>TorchSharp, written for speed and in the environment in which it is fast.</summary>
    TorchSharp,

    /// <summary>TorchSharp with its own output softmax and optimiser, as it is installed.</summary>
    TorchSharpStock,
}
