using System.Text.Json;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The checkpoints of a training: the newest one, and the one of the best measurement.</summary>
/// <param name="folder">Holds them.</param>
/// <param name="training">Tells the training from others.</param>
internal sealed class FitCheckpoints(string folder, string training)
{
    private readonly Disk _disk = new();
    private readonly Checkpoint _newest = new(folder);
    private readonly Checkpoint _best = new(Path.Join(folder, "best"));

    /// <summary>Tells the training from others.</summary>
    public string Training => training;

    /// <summary>Goes on from the newest checkpoint.</summary>
    /// <param name="trainer">Receives its state, and its parameters theirs.</param>
    /// <param name="best">Receives the parameters of the best measurement; null if they are not kept.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="CheckpointException">It is damaged, or of another training.</exception>
    public FitState? GoOn(ITrainer trainer, BestParameters? best)
    {
        if (_newest.ReadState() is not { } text)
            return null;
        var state = Parse(text);
        if (state.Training != training)
        {
            throw new CheckpointException(
                $"Fit: {folder} has a checkpoint of a training with other options, another network or other data. Give them again, or another folder.");
        }
        // One that is newer than the state is of a measurement that will be made again, and will be the best again.
        if (best is not null && state.Measurements.Count > 0 && _best.NewestStep is not null)
        {
            _best.ReadParameters(trainer.Optimizer.Parameters);
            best.Keep();
        }
        _newest.Read(trainer.Optimizer.Parameters, trainer);
        return state;
    }

    /// <summary>Writes the newest checkpoint.</summary>
    /// <exception cref="IOException">It cannot be written; the one before stays.</exception>
    public void Write(ITrainer trainer, FitState state) =>
        _newest.Write(_disk, trainer.Optimizer.Parameters, trainer, JsonSerializer.Serialize(state, FitJson.Default.FitState));

    /// <summary>Writes the checkpoint of the best measurement.</summary>
    /// <exception cref="IOException">It cannot be written; the one before stays.</exception>
    public void WriteBest(ITrainer trainer) => _best.Write(_disk, trainer.Optimizer.Parameters, trainer, "{}");

    private FitState Parse(string text)
    {
        try
        {
            var state = JsonSerializer.Deserialize(text, FitJson.Default.FitState);
            return state is not null && (state.Best == 0 || (state.Best > 0 && state.Best < state.Measurements.Count))
                ? state
                : throw new CheckpointException($"Fit: the state of the checkpoint in {folder} is damaged.");
        }
        catch (JsonException exception)
        {
            throw new CheckpointException($"Fit: the state of the checkpoint in {folder} is damaged: {JsonFault.Of(exception)}", exception);
        }
    }
}
