using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The paper's language model (section 3.2, appendices A and C): word vectors, a modular gated recurrent unit, and a
/// softmax over all words. A window starts from the state that its batch carries,
/// or else from zero.
/// </summary>
public sealed class LanguageModel : RecurrentNetwork<TextBatch>, IKeyedNetwork<TextBatch>
{
    private readonly double _dropout;
    private readonly ModularReadout? _readout;

    /// <summary>Creates the model.</summary>
    /// <param name="sizes">The sizes of its parts.</param>
    /// <param name="words">The number of different words.</param>
    /// <param name="rule">How the trained model selects its modules, which decides what chooses them.</param>
    /// <param name="key">Decides the initial weights.</param>
    public LanguageModel(LanguageModelSizes sizes, int words, SelectionRule rule, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(rule);
        Embedding = new Embedding("embedding", words, sizes.Embedding, key.Split("embedding"));
        Keys = new WordKeys(words, sizes.BigramKeys);
        Unit = CreateUnit(sizes, sizes.Controller == ControllerKind.Table ? Keys.Count : 0, rule, key.Split("gru"));
        _readout = sizes.ModularReadout ? new ModularReadout("readout", sizes.Modules, sizes.Hidden) : null;
        Output = new SequenceLikelihood("output", sizes.Hidden, words, key.Split("output"));
        long readout = Unit.PicksBy(rule) * (_readout?.MultiplyAdds ?? 0);
        MultiplyAdds = Unit.MultiplyAdds(rule) + readout + Output.MultiplyAdds;
        _dropout = sizes.Dropout;
        Layout = new CompositionLayout(Unit.Layout(sizes.Window));
        Parameters = [.. Embedding.Parameters, .. Unit.Parameters, .. _readout?.Parameters ?? [], .. Output.Parameters];
    }

    /// <summary>The words' vectors.</summary>
    public Embedding Embedding { get; }

    /// <summary>The recurrent unit.</summary>
    public ModularGru Unit { get; }

    /// <summary>f of the readout o = h + Σ_k f_{a_k}(h), which the softmax reads; null if it reads the states.</summary>
    public FollowingLayer? ReadoutLayer => _readout?.Layer;

    /// <summary>The softmax over all words.</summary>
    public SequenceLikelihood Output { get; }

    /// <summary>The multiply-adds for one word: of the recurrent unit and of the softmax; a word's vector costs none.</summary>
    public long MultiplyAdds { get; }

    /// <inheritdoc/>
    public override CompositionLayout Layout { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> ControllerParameters => Unit.Chooser.Parameters;

    /// <inheritdoc/>
    public int InputKeys => Keys.Count;

    /// <inheritdoc/>
    public IReadOnlyList<LinearController> Tables => Unit.Chooser.LinearPart is { Table: not null } controller ? [controller] : [];

    /// <summary>The keys that words have.</summary>
    internal WordKeys Keys { get; }

    /// <inheritdoc/>
    public override Tensor LogLikelihood(ForwardPass pass, TextBatch batch)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(batch);
        var states = States(pass, batch, InitialStates(pass, batch));
        if (batch.Carried is { } carried && pass.IsTraining)
            states.Values[^carried.Values.Length..].CopyTo(carried.Values);
        return LogLikelihood(pass, states, batch);
    }

    /// <inheritdoc/>
    public IndexTensor KeysOf(Tape tape, TextBatch batch, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(batch);
        batch.Require(batchSize, Unit.Hidden);
        return Keys.Of(tape, batch, batchSize);
    }

    /// <inheritdoc/>
    public override Tensor InitialStates(BatchRows rows, TextBatch batch)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(batch);
        batch.Require(rows.BatchSize, Unit.Hidden);
        var initial = rows.Tape.Rent(new Shape(rows.BatchSize, Unit.Hidden));
        if (batch.Carried is { } carried)
            carried.Values.CopyTo(initial.Values);
        else
            rows.Tape.Kernels.Clear(initial);
        return initial;
    }

    /// <inheritdoc/>
    public override SelectionLogits SelectionLogits(BatchRows rows, TextBatch batch, int step, Tensor states)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(batch);
        batch.Require(rows.BatchSize, Unit.Hidden);
        var keys = rows.ForCandidates(Keys.OfStep(rows, batch, step));
        return Unit.Logits(rows.Tape, new ControllerInput(StepInputs(rows, batch, step), keys), states);
    }

    /// <inheritdoc/>
    public override Tensor NextStates(
        BatchRows rows, TextBatch batch, int step, Tensor states, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Unit.NextStates(rows.Tape, StepInputs(rows, batch, step), states, selection);
    }

    /// <inheritdoc/>
    public override Tensor StepLogLikelihood(BatchRows rows, TextBatch batch, int step, Tensor states, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(batch);
        return Output.LogLikelihood(rows, ReadOut(rows.Tape, states, selection), rows.OfStep(batch.Targets, step));
    }

    /// <summary>Reads windows that go on from given states.</summary>
    /// <param name="pass">The run, whose rule decides how modules are selected.</param>
    /// <param name="batch">The windows.</param>
    /// <param name="initial"><c>[batch, hidden]</c>, the states before the first words.</param>
    /// <returns>The states after every word, <c>[steps * rows, hidden]</c>.</returns>
    public Tensor States(ForwardPass pass, TextBatch batch, Tensor initial)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(batch);
        batch.Require(pass.BatchSize, Unit.Hidden);
        var vectors = pass.Dropout(Embedding.Forward(pass.Tape, batch.Inputs), _dropout);
        return Unit.Forward(pass, vectors, initial, Keys.Of(pass.Tape, batch, pass.BatchSize));
    }

    /// <summary>The vectors that the softmax reads: states, or what the readout makes of them.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="states"><c>[rows, hidden]</c>.</param>
    /// <param name="selection">The modules that made the states, <c>[rows, K]</c>.</param>
    /// <returns>Of the same shape as the states.</returns>
    public Tensor ReadOut(Tape tape, Tensor states, IndexTensor selection) => _readout?.Read(tape, states, selection) ?? states;

    /// <summary>Scores states against the words that follow them.</summary>
    /// <param name="pass">The run that made the states, just now.</param>
    /// <param name="states"><c>[steps * rows, hidden]</c>.</param>
    /// <param name="batch">The windows.</param>
    /// <returns>log p(y|x, a, θ), summed over the window, <c>[rows]</c>, in nats.</returns>
    public Tensor LogLikelihood(ForwardPass pass, Tensor states, TextBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Output.LogLikelihood(pass, _readout?.Read(pass, states) ?? states, batch.Targets);
    }

    private static ModularGru CreateUnit(LanguageModelSizes sizes, int inputKeys, SelectionRule rule, RandomKey key)
    {
        int inputs = sizes.Hidden + sizes.Embedding;
        var modules = new LinearModules(
            "gru.modules", sizes.Modules, inputs, sizes.Hidden, Activation.None, key.Split("modules"), sizes.Families);
        var chooser = rule.CreateChooser(
            sizes.Picks,
            () => CreateController(sizes, inputs, inputKeys, key.Split("controller")),
            () => new NoisyGate("gru.noisyGate", inputs, sizes.Modules));
        var gates = sizes.ModularGates
            ? new GateModules("gru.gates", sizes.Modules, inputs, sizes.Hidden, key.Split("gates"), sizes.Families)
            : null;
        return new ModularGru("gru", sizes.Embedding, sizes.Hidden, modules, chooser, key, sizes.StateActivation, gates);
    }

    private static Controller CreateController(LanguageModelSizes sizes, int inputs, int inputKeys, RandomKey key)
    {
        const string Name = "gru.controller";
        var linear = new LinearController(Name, inputs, sizes.Modules, sizes.Picks, key, sizes.Families, inputKeys);
        return sizes.Controller == ControllerKind.Multilayer
            ? new MultilayerController(Name, linear, sizes.ControllerUnits, key.Split("hidden"))
            : linear;
    }

    /// <summary>One step's word vectors, <c>[rows, embedding]</c>.</summary>
    private Tensor StepInputs(BatchRows rows, TextBatch batch, int step)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return rows.ForCandidates(Embedding.Forward(rows.Tape, rows.OfStep(batch.Inputs, step)));
    }
}
