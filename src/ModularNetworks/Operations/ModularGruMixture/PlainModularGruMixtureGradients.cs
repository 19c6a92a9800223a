using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Gradients of a modular gated recurrent unit that mixes modules, in plain loops: the definition.</summary>
internal static class PlainModularGruMixtureGradients<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(
        in ModularGruInput input,
        in ModularGruMixture mixture,
        in ModularGruMixtureStates states,
        Tensor hiddenGradient,
        in ModularGruMixtureGradients gradients)
    {
        gradients.Initial.As<T>().Clear();
        gradients.Gating.As<T>().Clear();
        for (int b = 0; b < input.Batch; b++)
        {
            var carried = gradients.Initial.Row<T>(b);
            for (int t = input.StepsOf(mixture.Inputs) - 1; t >= 0; t--)
            {
                int row = (t * input.Batch) + b;
                var upstream = hiddenGradient.Row<T>(row);
                for (int i = 0; i < carried.Length; i++)
                    carried[i] += upstream[i];
                StepGradients(input, mixture, states, gradients, row, carried);
            }
        }
    }

    /// <summary>Turns the gradient by h' in <paramref name="carried"/> into the gradient by h.</summary>
    private static void StepGradients(
        in ModularGruInput input,
        in ModularGruMixture mixture,
        in ModularGruMixtureStates states,
        in ModularGruMixtureGradients gradients,
        int row,
        Span<T> carried)
    {
        int hidden = input.Hidden;
        var before = PlainGruCell<T>.StateBefore(input, states.Unit.Hidden, row);
        var gates = states.Unit.Gates.Row<T>(row);
        var byGates = gradients.Gates.Row<T>(row);
        var byProposal = new T[hidden];
        PlainGruGradients<T>.ThroughUpdate(
            input.Function, gates, states.Unit.ProposedStates.Row<T>(row), before, byProposal, byGates, carried);
        var byModuleInput = new T[states.ModuleInputs.Shape[1]];
        ModuleGradients(input, states, gradients, row, byProposal, byModuleInput);
        ShareGradients(input, mixture, states, gradients, row, byProposal);
        byModuleInput.AsSpan(hidden).CopyTo(gradients.Inputs.Row<T>(row));
        PlainGruGradients<T>.ThroughReset(gates, before, byModuleInput, byGates, carried);
        PlainRows.AddTransposedProduct<T>(byGates, input.GateWeight.Shared, carried);
        PlainRows.AddTransposedProduct<T>(gradients.Gating.Row<T>(row), mixture.GatingWeight, carried);
    }

    /// <summary>Through the modules to what they read.</summary>
    private static void ModuleGradients(
        in ModularGruInput input,
        in ModularGruMixtureStates states,
        in ModularGruMixtureGradients gradients,
        int row,
        ReadOnlySpan<T> byProposal,
        Span<T> byModuleInput)
    {
        var picks = states.Selection.Row(row);
        for (int k = 0; k < picks.Length; k++)
        {
            var byOutput = gradients.Outputs.Row<T>((row * picks.Length) + k);
            for (int i = 0; i < byOutput.Length; i++)
                byOutput[i] = states.Shares.Row<T>(row)[k] * byProposal[i];
            PlainRows.AddTransposedProduct<T>(byOutput, input.ModuleWeight[picks[k]], byModuleInput);
        }
    }

    /// <summary>Through the softmax over the selected modules to their clean and noise logits.</summary>
    private static void ShareGradients(
        in ModularGruInput input,
        in ModularGruMixture mixture,
        in ModularGruMixtureStates states,
        in ModularGruMixtureGradients gradients,
        int row,
        ReadOnlySpan<T> byProposal)
    {
        var picks = states.Selection.Row(row);
        var shares = states.Shares.Row<T>(row);
        var byShares = new T[picks.Length];
        T mean = T.Zero;
        for (int k = 0; k < picks.Length; k++)
        {
            var output = PlainModularGruMixture<T>.OutputOf(input, mixture, states, row, picks[k]);
            for (int i = 0; i < output.Length; i++)
                byShares[k] += byProposal[i] * output[i];
            mean += shares[k] * byShares[k];
        }
        var byGating = gradients.Gating.Row<T>(row);
        for (int k = 0; k < picks.Length; k++)
        {
            T byLogit = shares[k] * (byShares[k] - mean);
            byGating[picks[k]] = byLogit;
            byGating[mixture.Modules + picks[k]] = byLogit * states.NoiseSlopes.Row<T>(row)[k];
        }
    }
}
