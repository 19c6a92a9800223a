namespace ModularNetworks.Engine;

public sealed partial class PlainKernels<T>
{
    /// <inheritdoc/>
    public override void ModularGruMixtureGradients(
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
            var carried = RowOf(gradients.Initial, b);
            for (int t = input.Steps - 1; t >= 0; t--)
            {
                int row = (t * input.Batch) + b;
                var upstream = RowOf(hiddenGradient, row);
                for (int i = 0; i < carried.Length; i++)
                    carried[i] += upstream[i];
                MixtureStepGradients(input, mixture, states, gradients, row, carried);
            }
        }
    }

    /// <summary>Turns the gradient by h' in <paramref name="carried"/> into the gradient by h.</summary>
    private static void MixtureStepGradients(
        in ModularGruInput input,
        in ModularGruMixture mixture,
        in ModularGruMixtureStates states,
        in ModularGruMixtureGradients gradients,
        int row,
        Span<T> carried)
    {
        int hidden = input.Hidden;
        var before = StateBefore(input, states.Unit.Hidden, row);
        var gates = RowOf(states.Unit.Gates, row);
        var byGates = RowOf(gradients.Gates, row);
        var byProposal = new T[hidden];
        UpdateGradients(input.Function, gates, RowOf(states.Unit.ProposedStates, row), before, byProposal, byGates, carried);
        var byModuleInput = new T[states.ModuleInputs.Shape[1]];
        ModuleGradients(input, states, gradients, row, byProposal, byModuleInput);
        ShareGradients(input, mixture, states, gradients, row, byProposal);
        byModuleInput.AsSpan(hidden).CopyTo(RowOf(gradients.Inputs, row));
        ResetGradients(gates, before, byModuleInput, byGates, carried);
        AddTransposedProduct(byGates, input.GateWeight, carried);
        AddTransposedProduct(RowOf(gradients.Gating, row), mixture.GatingWeight, carried);
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
        var picks = Picks(states.Selection, row);
        for (int k = 0; k < picks.Length; k++)
        {
            var byOutput = RowOf(gradients.Outputs, (row * picks.Length) + k);
            for (int i = 0; i < byOutput.Length; i++)
                byOutput[i] = RowOf(states.Shares, row)[k] * byProposal[i];
            AddTransposedProduct(byOutput, input.ModuleWeight[picks[k]], byModuleInput);
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
        var picks = Picks(states.Selection, row);
        var shares = RowOf(states.Shares, row);
        var byShares = new T[picks.Length];
        T mean = T.Zero;
        for (int k = 0; k < picks.Length; k++)
        {
            var output = OutputOf(input, mixture, states, row, picks[k]);
            for (int i = 0; i < output.Length; i++)
                byShares[k] += byProposal[i] * output[i];
            mean += shares[k] * byShares[k];
        }
        var byGating = RowOf(gradients.Gating, row);
        for (int k = 0; k < picks.Length; k++)
        {
            T byLogit = shares[k] * (byShares[k] - mean);
            byGating[picks[k]] = byLogit;
            byGating[mixture.Modules + picks[k]] = byLogit * RowOf(states.NoiseSlopes, row)[k];
        }
    }
}
