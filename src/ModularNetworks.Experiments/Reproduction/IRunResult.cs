namespace ModularNetworks.Experiments;

/// <summary>The results of a run of a reproduction.</summary>
public interface IRunResult
{
    /// <summary>The number of gradient steps.</summary>
    long Steps { get; }

    /// <summary>How long the run took with its measurements, in seconds.</summary>
    double WallSeconds { get; }

    /// <summary>The number of threads.</summary>
    int Threads { get; }

    /// <summary>The instruction set that the kernels used.</summary>
    string Simd { get; }

    /// <summary>The version of the tool.</summary>
    string Version { get; }
}
