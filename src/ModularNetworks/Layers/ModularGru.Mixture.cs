using ModularNetworks.Engine;

namespace ModularNetworks;

/// <content>The unit with a mixture of modules: <c>c = relu(sum_k g_k f_{a_k}([r * h, x]))</c>, gated by [h, x].</content>
public sealed partial class ModularGru
{
    private Tensor RunMixture(ModularPass pass, Tensor inputs, Tensor initial, Tensor gateInputs)
    {
        if (NoisyGate is null)
        {
            throw new InvalidOperationException(
                $"{Name} has no noisy gate and cannot mix modules. Create it with Selector.NoisyGate.");
        }
        var tape = pass.Tape;
        int rows = inputs.Shape[0];
        var gatingInputs = ProductWithInputRows(tape, inputs, NoisyGate.Weight);
        var noise = pass.Noise(rows, Modules.Modules);
        var mixed = tape.ModularGruMixture(
            new ModularGruMixtureInputs(inputs, gateInputs, gatingInputs),
            initial,
            new ModularGruMixtureWeights(
                GateWeight.Value, NoisyGate.Weight.Value, Modules.Weights(tape), Modules.Bias.Value, Function),
            noise,
            pass.Mixed(NoisyGate));
        if (pass.IsBalanced)
        {
            // The same logits once more, from the states: the fused operation gives no gradient to its own.
            var before = StatesBefore(tape, initial, mixed.Hidden);
            var fromStates = tape.MatrixProduct(before, tape.Rows(NoisyGate.Weight.Value, 0, Hidden));
            pass.Balance(NoisyLogits.Of(tape, tape.Add(fromStates, gatingInputs), noise), mixed.Selection);
        }
        pass.NoteMixture(NoisyGate, mixed.Selection, mixed.Shares, rows / pass.BatchSize);
        return mixed.Hidden;
    }
}
