using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// Snapshots of a language model: the heat map has the words, or characters, of one window; paths lead from the module that reads
/// one to those that read the next two, grouped by the type of the first.
/// </summary>
internal static class TextSnapshots
{
    private const int Windows = 64;

    /// <summary>Makes the camera that takes the snapshots.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="rule">How the trained model selects its modules.</param>
    /// <param name="windows">The held-out text.</param>
    /// <param name="readable">Knows its words or characters.</param>
    public static SnapshotCamera Camera(
        LanguageModel model, Tape tape, SelectionRule rule, WindowedText windows, ReadableText readable)
    {
        int[] chosen = InspectionSamples.Spread(windows.Count, Windows);
        var data = new TextTrainingSet(windows);
        int[] words = data.Load(chosen).Inputs.Values.ToArray(); // [window, chosen], time-major
        return new SnapshotCamera(Plan(model.Layout.Layers, words, chosen.Length, readable), tape, pass =>
        {
            pass.Begin(rule, chosen.Length);
            model.States(pass, data.Load(chosen), Tensor.Allocate(new Shape(chosen.Length, model.Unit.Hidden)));
        });
    }

    private static SnapshotPlan Plan(IReadOnlyList<LayerLayout> layers, int[] words, int windows, ReadableText readable)
    {
        string[] names = [$"this {readable.UnitName}", $"next {readable.UnitName}", "after next"];
        int columns = Math.Min(names.Length, words.Length / windows);
        int paths = words.Length - ((columns - 1) * windows); // Those that do not leave their window.
        return new SnapshotPlan
        {
            Layers = layers,
            Rows = [.. words.Where((_, i) => i % windows == 0).Take(SnapshotPlan.MostRows).Select(word => readable[word])],
            RowPlace = (layer, row) => new ChoicePlace(layer, row, 0),
            Columns = names[..columns],
            PathPlace = (column, path) => new ChoicePlace(0, (path / windows) + column, path % windows),
            Groups = [.. readable.Types.Names],
            GroupOfPath = [.. words.Take(paths).Select(readable.TypeOf)],
        };
    }
}
