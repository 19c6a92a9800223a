using System.Security.Cryptography;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Trainings of one estimator from several starts.</summary>
internal static class Starts
{
    /// <summary>Trains from each start, and keeps the one with the least loss on the validation data.</summary>
    /// <param name="options">The options, which tell the number of starts.</param>
    /// <param name="train">Trains from a start, counted from 0.</param>
    public static (TModel Model, FitHistory History) BestOf<TModel>(FitOptions options, Func<int, (TModel Model, FitHistory History)> train)
    {
        var best = train(0);
        for (int start = 1; start < options.Starts; start++)
        {
            var (model, history) = train(start);
            if (history.Kept.Validation!.Loss < best.History.Kept.Validation!.Loss)
                best = (model, history with { Start = start });
        }
        return best;
    }

    /// <summary>The random key of a start; the first start is that of a single one.</summary>
    public static RandomKey KeyOf(RandomKey key, int start) => start == 0 ? key : key.Split("start").Split((ulong)start);

    /// <summary>The options of a start: each has its own folder for checkpoints.</summary>
    public static FitOptions OptionsOf(FitOptions options, int start) => options.CheckpointFolder is { } folder && options.Starts > 1
        ? options with { CheckpointFolder = Path.Join(folder, $"start-{start + 1}") }
        : options;

    /// <summary>What tells data from others.</summary>
    /// <param name="parts">The bytes of the data.</param>
    public static string FingerprintOf(params IReadOnlyList<byte[]> parts) => Convert.ToHexStringLower(SHA256.HashData([.. parts.SelectMany(part => part)]));

    /// <summary>What the progress lines of a start begin with.</summary>
    public static string LabelOf(FitOptions options, int start) => options.Starts > 1 ? $"start {start + 1} of {options.Starts}, " : "";
}
