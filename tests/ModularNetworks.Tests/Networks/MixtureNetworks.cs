using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>
/// The small language model with a mixture of modules, written step by step from elementary operations as noisy top-k
/// gating is defined. Its noise is that of a pass whose only layer is the unit.
/// </summary>
internal sealed class UnrolledMixtureNetwork(SequenceSizes sizes) : SequenceNetwork(sizes, new MixtureSelection(4))
{
    public override Tensor States(ForwardPass pass, SequenceBatch batch)
    {
        var tape = pass.Tape;
        var inputs = Embedding.Forward(tape, batch.Inputs);
        int modules = Unit.Pool.Modules;
        var mixture = (MixtureSelection)pass.Rule;
        var noise = mixture.Noise(pass, inputs.Shape[0], modules);
        var state = batch.Initial;
        var states = new Tensor[inputs.Shape[0] / pass.BatchSize];
        for (int t = 0; t < states.Length; t++)
        {
            var input = tape.Rows(inputs, t * pass.BatchSize, pass.BatchSize);
            var noiseOfStep = noise is null ? null : tape.Rows(noise, t * pass.BatchSize, pass.BatchSize);
            states[t] = state = Step(tape, input, state, noiseOfStep, mixture.PicksOf(Unit.Gate()));
        }
        return tape.ConcatenateRows(states);
    }

    private Tensor Step(Tape tape, Tensor input, Tensor state, Tensor? noise, int count)
    {
        int modules = Unit.Pool.Modules;
        var joined = tape.Concatenate(state, input);
        var gating = tape.MatrixProduct(joined, Unit.Gate().Weight.Value);
        var logits = tape.Slice(gating, 0, modules);
        if (noise is not null)
            logits = tape.Add(logits, tape.Multiply(noise, tape.Softplus(tape.Slice(gating, modules, modules))));
        var selection = tape.TopK(logits, count);
        var shares = tape.Softmax(tape.GatherLast(logits, selection));

        var gates = tape.Sigmoid(tape.MatrixProduct(joined, Unit.GateWeight!.Value));
        var reset = tape.Multiply(tape.Slice(gates, Unit.Hidden, Unit.Hidden), state);
        var outputs = Unit.Pool.Forward(tape, tape.Concatenate(reset, input), selection);
        var proposal = tape.Relu(tape.SumAxis(tape.ScaleRows(outputs, shares), 1));
        var change = tape.Multiply(tape.Slice(gates, 0, Unit.Hidden), tape.Subtract(proposal, state));
        return tape.Add(state, change);
    }
}

/// <summary>Networks of layers that mix linear modules.</summary>
internal static class MixtureNetworks
{
    public static VectorNetwork Create(int layers, int modules, Combination combination = Combination.Sum, int size = 2) => new(
        GaussianLikelihood.Fixed(1),
        [.. Enumerable.Range(0, layers).Select(i => Layer($"layer {i}", modules, size, combination))]);

    public static ModularLayer Layer(string name, int modules, int size, Combination combination = Combination.Sum) => new(
        name,
        new LinearModules($"{name}.modules", modules, size, size, Activation.None, RandomKey.FromSeed(1)),
        new NoisyGate($"{name}.noisyGate", size, modules),
        combination);
}
