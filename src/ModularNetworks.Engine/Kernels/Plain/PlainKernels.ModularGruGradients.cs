namespace ModularNetworks.Engine;

public sealed partial class PlainKernels<T>
{
    /// <inheritdoc/>
    public override void ModularGruGradients(
        in ModularGruInput input,
        IndexTensor selection,
        in ModularGruStates states,
        Tensor hiddenGradient,
        in ModularGruGradients gradients)
    {
        gradients.Initial.As<T>().Clear();
        for (int b = 0; b < input.Batch; b++)
        {
            var carried = RowOf(gradients.Initial, b);
            for (int t = input.Steps - 1; t >= 0; t--)
            {
                int row = (t * input.Batch) + b;
                var upstream = RowOf(hiddenGradient, row);
                for (int i = 0; i < carried.Length; i++)
                    carried[i] += upstream[i];
                StepGradients(input, selection, states, gradients, row, carried);
            }
        }
    }

    /// <summary>Turns the gradient by h' in <paramref name="carried"/> into the gradient by h.</summary>
    private static void StepGradients(
        in ModularGruInput input,
        IndexTensor selection,
        in ModularGruStates states,
        in ModularGruGradients gradients,
        int row,
        Span<T> carried)
    {
        int hidden = input.Hidden;
        var before = StateBefore(input, states.Hidden, row);
        var gates = RowOf(states.Gates, row);
        var proposal = RowOf(states.ProposedStates, row);
        var byGates = RowOf(gradients.Gates, row);
        var byProposal = RowOf(gradients.ProposedStates, row);
        var reset = RowOf(gradients.ResetStates, row);
        for (int i = 0; i < hidden; i++)
            reset[i] = gates[hidden + i] * before[i];
        UpdateGradients(input.Function, gates, proposal, before, byProposal, byGates, carried);
        var byReset = new T[hidden];
        foreach (int module in Picks(selection, row))
            AddTransposedProduct(byProposal, input.ModuleWeight[module], byReset);
        ResetGradients(gates, before, byReset, byGates, carried);
        AddTransposedProduct(byGates, input.GateWeight, carried);
    }

    /// <summary>h' = (1 - z) * h + z * f(c): to the pre-activations of c and z, and directly to h.</summary>
    private static void UpdateGradients(
        StateActivation function,
        ReadOnlySpan<T> gates,
        ReadOnlySpan<T> proposal,
        ReadOnlySpan<T> before,
        Span<T> byProposal,
        Span<T> byGates,
        Span<T> carried)
    {
        for (int i = 0; i < carried.Length; i++)
        {
            T z = gates[i];
            T slope = proposal[i] > T.Zero ? T.One : T.Zero;
            if (function == StateActivation.Tanh)
                slope = T.One - (proposal[i] * proposal[i]);
            byProposal[i] = carried[i] * z * slope;
            byGates[i] = carried[i] * (proposal[i] - before[i]) * z * (T.One - z);
            carried[i] *= T.One - z;
        }
    }

    /// <summary>The reset state r * h: to the pre-activation of r, and to h.</summary>
    private static void ResetGradients(
        ReadOnlySpan<T> gates, ReadOnlySpan<T> before, ReadOnlySpan<T> byReset, Span<T> byGates, Span<T> carried)
    {
        int hidden = carried.Length;
        for (int i = 0; i < hidden; i++)
        {
            T r = gates[hidden + i];
            byGates[hidden + i] = byReset[i] * before[i] * r * (T.One - r);
            carried[i] += byReset[i] * r;
        }
    }
}
