using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// Snapshots of a language model: the heat map has the words of one window; paths lead from the module that reads a word
/// to those that read the next two, grouped by the type of the first word.
/// </summary>
internal static class TextSnapshots
{
    private const int Windows = 64;

    private static readonly string[] Columns = ["this word", "next word", "after next"];

    /// <summary>Makes the camera that takes the snapshots.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="rule">How the trained model selects its modules.</param>
    /// <param name="windows">The held-out text.</param>
    /// <param name="corpus">Knows its words.</param>
    public static SnapshotCamera Camera(
        LanguageModel model, Tape tape, SelectionRule rule, WindowedText windows, TextCorpus corpus)
    {
        int[] chosen = InspectionSamples.Spread(windows.Count, Windows);
        var data = new TextTrainingSet(windows);
        var inputs = data.Load(chosen).Inputs.Values;
        string[] words = [.. inputs.ToArray().Select(word => corpus.Vocabulary[word])]; // [window, chosen], time-major
        return new SnapshotCamera(Plan(model.Layout.Layers, words, chosen.Length), tape, pass =>
        {
            pass.Begin(rule, chosen.Length);
            model.States(pass, data.Load(chosen), Tensor.Allocate(new Shape(chosen.Length, model.Unit.Hidden)));
        });
    }

    private static SnapshotPlan Plan(IReadOnlyList<LayerLayout> layers, string[] words, int windows)
    {
        int columns = Math.Min(Columns.Length, words.Length / windows);
        int paths = words.Length - ((columns - 1) * windows); // Those that do not leave their window.
        return new SnapshotPlan
        {
            Layers = layers,
            Rows = [.. words.Where((_, i) => i % windows == 0).Take(SnapshotPlan.MostRows)],
            RowPlace = (layer, row) => new ChoicePlace(layer, row, 0),
            Columns = Columns[..columns],
            PathPlace = (column, path) => new ChoicePlace(0, (path / windows) + column, path % windows),
            Groups = [.. TokenTypes.Names],
            GroupOfPath = [.. words.Take(paths).Select(TokenTypes.Of)],
        };
    }
}
