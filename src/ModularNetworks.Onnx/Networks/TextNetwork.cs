using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>A language model in a graph.</summary>
/// <param name="model">The language model.</param>
/// <param name="rule">How modules are selected; null for the most probable ones.</param>
internal sealed class TextNetwork(LanguageModel model, SelectionRule? rule)
{
    /// <summary>The name of the output of logits.</summary>
    public const string Logits = "logits";

    /// <summary>The name of the output of states.</summary>
    public const string NextState = "next_state";

    private int Hidden => model.Unit.Hidden;

    private bool SelectsNone => ChooserOperators.IsAlwaysAll(model.Unit.Chooser);

    private bool AsksForKeys => ChooserOperators.AsksForKeys(model.Unit.Chooser);

    private bool Mixes => rule is MixtureSelection;

    /// <summary>K, the number of modules that read a token.</summary>
    public int Picks { get; } = Selector.PicksOf(rule, model.Unit.Name, model.Unit.Chooser);

    /// <summary>The language model.</summary>
    public LanguageModel Model => model;

    /// <summary>The number of different words.</summary>
    public int Words => model.Embedding.Weight.Shape[0];

    /// <summary>Whether a controller asks for a word and the word before it.</summary>
    public bool ReadsPairs => AsksForKeys && model.InputKeys != Words;

    /// <summary>The names of the outputs.</summary>
    public IReadOnlyList<string> Outputs =>
    [
        Logits, NextState,
        .. SelectsNone ? (string[])[] : [Answer.ModulesOf(model.Unit.Name)],
        .. Mixes ? (string[])[Answer.SharesOf(model.Unit.Name)] : [],
    ];

    /// <summary>Reads a word.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="word"><c>[batch]</c>.</param>
    /// <param name="state"><c>[batch, hidden]</c>.</param>
    /// <param name="before"><c>[batch]</c>, the word before; null if nothing asks for it.</param>
    /// <returns>
    /// The state after, the logits of the next word, <c>[batch, words]</c>; the modules, if some are selected, and their shares, if they are mixed,
    /// <c>[batch, K]</c>.
    /// </returns>
    public IReadOnlyList<Value> Step(Graph graph, Value word, Value state, Value? before)
    {
        var input = graph.Gather(graph.Constants.Of(model.Embedding.Weight), word);
        var keys = Keys(graph, word, before);
        Made[] made =
        [
            new(DataType.Float, Size.Any, Hidden), new(DataType.Float, Size.Any, Hidden), new(DataType.Int64, Size.Any, Picks),
            .. Mixes ? (Made[])[new(DataType.Float, Size.Any, Picks)] : [],
        ];
        var values = Branch(graph, word, made, (inner, isOneRow) =>
        {
            var (next, picked) = GruOperators.Step(new Selector(inner, rule, isOneRow), model.Unit, input, state, keys);
            return [next, ReadOut(inner, next, picked), .. Told(picked)];
        });
        return [values[0], LogitsOf(graph, values[1]), .. values[2..]];
    }

    /// <summary>Reads windows.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="words"><c>[batch, steps]</c>.</param>
    /// <param name="state"><c>[batch, hidden]</c>.</param>
    /// <param name="before"><c>[batch]</c>, the words before the first ones; null if nothing asks for them.</param>
    /// <returns>
    /// The last states, the logits, <c>[batch, steps, words]</c>; the modules, if some are selected, and their shares, if they are mixed,
    /// <c>[batch, steps, K]</c>.
    /// </returns>
    public IReadOnlyList<Value> Window(Graph graph, Value words, Value state, Value? before)
    {
        var inputs = graph.Gather(graph.Constants.Of(model.Embedding.Weight), words);
        var keys = Keys(graph, words, before is { } first ? WordsBefore(graph, words, first) : null);
        Made[] made =
        [
            new(DataType.Float, Size.Any, Hidden), new(DataType.Float, Size.Any, Size.Any, Hidden), new(DataType.Int64, Size.Any, Size.Any, Picks),
            .. Mixes ? (Made[])[new(DataType.Float, Size.Any, Size.Any, Picks)] : [],
        ];
        var values = Branch(graph, words, made, (inner, isOneRow) => Scan(inner, isOneRow, state, inputs, keys));
        var states = graph.Reshape(values[1], -1, Hidden);
        var picked = SelectsNone
            ? new SameModules(Picks)
            : new Selector(graph, rule, isOneRow: false).Of(
                graph.Reshape(values[2], -1, Picks), Picks, Mixes ? graph.Reshape(values[3], -1, Picks) : null);
        var shape = graph.Concatenate(0, graph.Add("Shape", [words]), graph.Constants.List(Words));
        var logits = graph.Add("Reshape", [LogitsOf(graph, ReadOut(graph, states, picked)), shape]);
        return [values[0], logits, .. values[2..]];
    }

    /// <summary>What is told of the modules: their numbers, if some are selected, and their shares, if they are mixed.</summary>
    private Value[] Told(PickedModules picked) => SelectsNone ? [] : picked.Shares is { } shares ? [picked.Modules, shares] : [picked.Modules];

    /// <summary>Two ways for one and for several texts; one where nothing is selected.</summary>
    private Value[] Branch(Graph graph, Value input, IReadOnlyList<Made> made, Func<Graph, bool, IReadOnlyList<Value>> way) =>
        SelectsNone ? [.. way(graph, false)] : Branches.OneRowOrMore(graph, input, made, way);

    /// <summary>A loop over the steps of windows, the second axis of what it reads and makes.</summary>
    private Value[] Scan(Graph graph, bool isOneRow, Value state, Value inputs, Value? keys)
    {
        var body = graph.Within("step");
        var stateBefore = body.Take("state", DataType.Float, Size.Any, Hidden);
        var input = body.Take("input", DataType.Float, Size.Any, model.Unit.Inputs);
        Value? key = keys is null ? null : body.Take("key", DataType.Int64, Size.Any);
        var (next, picked) = GruOperators.Step(new Selector(body, rule, isOneRow), model.Unit, input, stateBefore, key);
        body.Give(next, DataType.Float, Size.Any, Hidden);
        body.Give(next, DataType.Float, Size.Any, Hidden);
        var told = Told(picked);
        foreach (var (place, value) in told.Index())
            body.Give(value, place == 0 ? DataType.Int64 : DataType.Float, Size.Any, Picks);
        Value[] read = keys is { } shown ? [state, inputs, shown] : [state, inputs];
        int scanned = read.Length - 1, made = 1 + told.Length;
        return graph.Add(
            "Scan", 1 + made, read, NodeAttribute.Of("body", body), NodeAttribute.Of("num_scan_inputs", scanned),
            NodeAttribute.Of("scan_input_axes", (long[])[.. Enumerable.Repeat(1L, scanned)]), NodeAttribute.Of("scan_output_axes", (long[])[.. Enumerable.Repeat(1L, made)]));
    }

    private Value? Keys(Graph graph, Value words, Value? before)
    {
        if (!AsksForKeys)
            return null;
        return before is { } first
            ? graph.Add("Add", [graph.Add("Mul", [first, graph.Constants.Number(Words)]), words])
            : words;
    }

    /// <summary>The word before each, <c>[batch, steps]</c>.</summary>
    private static Value WordsBefore(Graph graph, Value words, Value first)
    {
        var list = graph.Constants;
        var butLast = graph.Add("Slice", [words, list.List(0), list.List(-1), list.List(1)]);
        return graph.Concatenate(1, graph.Reshape(first, -1, 1), butLast);
    }

    private Value ReadOut(Graph graph, Value states, PickedModules picked) => model.ReadoutLayer is { } readout
        ? graph.Add("Add", [states, picked.Combine(graph, readout.Pool, readout.Combination, states)])
        : states;

    private Value LogitsOf(Graph graph, Value vectors) =>
        graph.Linear(vectors, graph.Constants.Of(model.Output.Weight), graph.Constants.Of(model.Output.Bias));
}
