using System.Globalization;
using ModularNetworks.Data;
using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>The file of a language model.</summary>
internal static class LanguageModelFile
{
    private const string Batch = "batch";
    private const string Steps = "steps";

    /// <summary>Writes it.</summary>
    public static OnnxSignature Write(Stream stream, LanguageModel model, TextEncoding? encoding, LanguageModelSteps steps, SelectionRule? rule)
    {
        int words = model.Embedding.Weight.Shape[0];
        if (encoding is not null && encoding.Vocabulary.Count != words)
            throw new ArgumentException($"OnnxExport: a vocabulary of {encoding.Vocabulary.Count} is given; the language model knows {words}.", nameof(encoding));
        return Write(stream, model, Properties(encoding), steps, rule);
    }

    /// <summary>Writes that of an estimator, whose texts begin with their first token.</summary>
    public static OnnxSignature Write(Stream stream, ModularLanguageModel model, LanguageModelSteps steps) =>
        Write(stream, model.Network, Properties(model.Characters), steps, rule: null);

    private static OnnxSignature Write(
        Stream stream, LanguageModel model, IEnumerable<(string Key, string Value)> properties, LanguageModelSteps steps, SelectionRule? rule)
    {
        var network = new TextNetwork(model, rule);
        var graph = new Graph("language model", network.Outputs);
        if (steps == LanguageModelSteps.One)
            AddStep(graph, network);
        else
            AddWindow(graph, network);
        return WrittenModel.Write(stream, graph, "A language model of modules.", properties);
    }

    private static void AddStep(Graph graph, TextNetwork network)
    {
        var token = graph.Input("token", DataType.Int64, "The token that is read.", Batch);
        var (state, before) = Inputs(graph, network);
        AddOutputs(graph, network, network.Step(graph, token, state, before), Batch);
    }

    private static void AddWindow(Graph graph, TextNetwork network)
    {
        var tokens = graph.Input("tokens", DataType.Int64, "The tokens that are read, one after the other.", Batch, Steps);
        var (state, before) = Inputs(graph, network);
        AddOutputs(graph, network, network.Window(graph, tokens, state, before), Batch, Steps);
    }

    private static (Value State, Value? Before) Inputs(Graph graph, TextNetwork network)
    {
        var state = graph.Input("state", DataType.Float, "The state before; zeros when a text begins.", Batch, network.Model.Unit.Hidden);
        return (state, network.ReadsPairs ? graph.Input("before", DataType.Int64, "The token before; 0 when a text begins.", Batch) : null);
    }

    private static void AddOutputs(Graph graph, TextNetwork network, IReadOnlyList<Value> made, params ReadOnlySpan<Size> rows)
    {
        var unit = network.Model.Unit;
        graph.Output(TextNetwork.Logits, made[1], DataType.Float, "log p of each token as the next one, but for a constant.", [.. rows, network.Words]);
        graph.Output(TextNetwork.NextState, made[0], DataType.Float, "The state after, to read on with.", Batch, unit.Hidden);
        if (made.Count > 2)
            graph.Output(Answer.ModulesOf(unit.Name), made[2], DataType.Int64, $"The modules that decided, of {unit.Modules}.", [.. rows, network.Picks]);
        if (made.Count > 3)
            graph.Output(Answer.SharesOf(unit.Name), made[3], DataType.Float, "The shares of these modules.", [.. rows, network.Picks]);
    }

    private static (string Key, string Value)[] Properties(CharacterVocabulary? characters) => characters is null
        ? []
        : [("unit", "character"), ("vocabulary", Answer.Json(characters.Characters.EnumerateRunes().Select(character => character.ToString())))];

    private static IEnumerable<(string Key, string Value)> Properties(TextEncoding? encoding)
    {
        if (encoding is null)
            yield break;
        yield return ("unit", encoding.UnitName);
        yield return ("start", encoding.Start.ToString(CultureInfo.InvariantCulture));
        yield return ("vocabulary", Answer.Json(encoding.Vocabulary.Words));
        if (encoding.Merges is { } merges)
            yield return ("merges", Answer.Json(merges));
    }
}
