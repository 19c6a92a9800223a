using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A modular gated recurrent unit with known selections, and its gradients, in plain loops: the definition.</summary>
internal static class PlainModularGru<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(
        in ModularGruInput input, IndexTensor selection, Tensor proposalInputs, in ModularGruStates states)
    {
        for (int row = 0; row < input.StepsOf(proposalInputs) * input.Batch; row++)
        {
            var before = PlainGruCell<T>.StateBefore(input, states.Hidden, row);
            var gates = states.Gates.Row<T>(row);
            PlainGruCell<T>.OpenGates(input, row, before, selection.Row(row), gates);
            var proposal = states.ProposedStates.Row<T>(row);
            proposalInputs.Row<T>(row).CopyTo(proposal);
            PlainGruCell<T>.AddModules(input, gates, before, selection.Row(row), proposal);
            PlainGruCell<T>.Update(gates, before, proposal, states.Hidden.Row<T>(row));
        }
    }

    public static void RunGradients(
        in ModularGruInput input,
        IndexTensor selection,
        in ModularGruStates states,
        Tensor hiddenGradient,
        in ModularGruGradients gradients)
    {
        gradients.Initial.As<T>().Clear();
        for (int b = 0; b < input.Batch; b++)
        {
            var carried = gradients.Initial.Row<T>(b);
            for (int t = input.StepsOf(states.Hidden) - 1; t >= 0; t--)
            {
                int row = (t * input.Batch) + b;
                var upstream = hiddenGradient.Row<T>(row);
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
        var before = PlainGruCell<T>.StateBefore(input, states.Hidden, row);
        var gates = states.Gates.Row<T>(row);
        var proposal = states.ProposedStates.Row<T>(row);
        var byGates = gradients.Gates.Row<T>(row);
        var byProposal = gradients.ProposedStates.Row<T>(row);
        var reset = gradients.ResetStates.Row<T>(row);
        for (int i = 0; i < hidden; i++)
            reset[i] = gates[hidden + i] * before[i];
        PlainGruGradients<T>.ThroughUpdate(input.Function, gates, proposal, before, byProposal, byGates, carried);
        var byReset = new T[hidden];
        foreach (int module in selection.Row(row))
            PlainRows.AddTransposedProduct<T>(byProposal, input.ModuleWeight[module], byReset);
        PlainGruGradients<T>.ThroughReset(gates, before, byReset, byGates, carried);
        if (input.GateWeight.IsShared)
            PlainRows.AddTransposedProduct<T>(byGates, input.GateWeight.Shared, carried);
        foreach (int module in input.GateWeight.IsShared ? [] : selection.Row(row))
            PlainRows.AddTransposedProduct<T>(byGates, input.GateWeight.OfModules[module], carried);
    }
}
