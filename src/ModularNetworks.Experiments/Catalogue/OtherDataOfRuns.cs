using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Reads data that a run was not trained on, for the experiments that keep what was fitted on theirs.</summary>
public static class OtherDataOfRuns
{
    /// <summary>Whether runs with such options can be measured on other data.</summary>
    public static bool CanRead(RunOptions options) => options is TableOptions or LanguageModelOptions or ImageClassifierOptions;

    /// <summary>Reads other data. Nothing of the run is changed.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="options">The run's options, with the path of the other data.</param>
    /// <param name="checkpoint">One of the run's checkpoints, whose network is measured.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    /// <param name="images">The place where decoded pictures are kept; null for none.</param>
    /// <exception cref="ArgumentException">Such runs cannot be measured on other data (<see cref="CanRead"/>).</exception>
    /// <exception cref="RunException">The run's files are damaged, or it does not keep what was fitted.</exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged.</exception>
    /// <exception cref="DataException">The data cannot be read, or have a class that the run does not know.</exception>
    public static OtherData Read(RunFolder run, RunOptions options, Checkpoint checkpoint, Kernels kernels, ImageCache? images = null) => options switch
    {
        TableOptions table => OtherTable.Read(run, table, checkpoint, kernels),
        LanguageModelOptions text => OtherTextData.Read(run, text, checkpoint, kernels),
        ImageClassifierOptions pictures => OtherImageData.Read(run, pictures, checkpoint, kernels, images),
        _ => throw new ArgumentException($"OtherDataOfRuns: runs of {options?.Experiment} cannot be measured on other data.", nameof(options)),
    };
}
