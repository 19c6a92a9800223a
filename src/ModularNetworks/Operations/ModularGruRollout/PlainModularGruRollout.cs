using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A modular gated recurrent unit whose controller selects modules step by step, in plain loops: the definition.
/// </summary>
internal static class PlainModularGruRollout<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(
        in ModularGruInput input,
        in ModularGruRollout rollout,
        Tensor hidden,
        IndexTensor selection,
        Tensor logProbability)
    {
        int sequences = rollout.Candidates * input.Batch;
        for (int sequence = 0; sequence < sequences; sequence++)
        {
            T total = T.Zero;
            for (int t = 0; t < input.StepsOf(rollout.Inputs); t++)
                total += Step(input, rollout, hidden, selection, t, sequence);
            logProbability.As<T>()[sequence] = total;
        }
    }

    /// <summary>One step of one candidate; returns the log-probability of what was selected.</summary>
    private static T Step(
        in ModularGruInput input, in ModularGruRollout rollout, Tensor hidden, IndexTensor selection, int t, int sequence)
    {
        int batch = input.Batch, b = sequence % batch;
        int inputRow = (t * batch) + b, row = (t * rollout.Candidates * batch) + sequence;
        var before = t == 0 ? input.Initial.Row<T>(b) : hidden.Row<T>(row - (rollout.Candidates * batch));
        var picks = selection.Row(row);
        if (rollout.First is not null && sequence < batch)
            rollout.First.Row(inputRow).CopyTo(picks);
        T logProbability = Select(rollout, inputRow, row, before, picks, given: rollout.First is not null && sequence < batch);

        var gates = new T[2 * input.Hidden];
        input.GateInputs?.Row<T>(inputRow).CopyTo(gates);
        var proposal = new T[input.Hidden];
        foreach (int module in picks)
            AddInputs(rollout, inputRow, module, gates, proposal);
        PlainGruCell<T>.OpenGates(input.GateWeight, before, picks, gates);
        PlainGruCell<T>.AddModules(input, gates, before, picks, proposal);
        PlainGruCell<T>.Update(gates, before, proposal, hidden.Row<T>(row));
        return logProbability;
    }

    /// <summary>A module's share of the inputs and its bias.</summary>
    private static void AddInputs(in ModularGruRollout rollout, int inputRow, int module, Span<T> gates, Span<T> proposal)
    {
        var input = rollout.Inputs.Row<T>(inputRow);
        var bias = rollout.ModuleBias.Row<T>(module);
        for (int i = 0; i < proposal.Length; i++)
            proposal[i] += bias[i];
        PlainRows.AddProduct<T>(input, rollout.InputWeight[module], proposal);
        if (rollout.GateInputWeight is { } gateWeight)
            PlainRows.AddProduct<T>(input, gateWeight[module], gates);
    }

    /// <summary>Chooses the K modules of one row unless they are given; returns their log-probability.</summary>
    private static T Select(
        in ModularGruRollout rollout, int inputRow, int row, ReadOnlySpan<T> state, Span<int> picks, bool given)
    {
        var logits = rollout.ControllerInputs.Row<T>(inputRow).ToArray();
        PlainRows.AddProduct<T>(state, rollout.ControllerWeight, logits);
        int modules = logits.Length / rollout.Picks;
        T logProbability = T.Zero;
        for (int k = 0; k < picks.Length; k++)
        {
            var weights = logits.AsSpan(k * modules, modules);
            T chosen = T.Zero, maximum = weights[CategoricalDraw.MostProbable<T>(weights)], total = T.Zero;
            var raw = weights.ToArray();
            foreach (ref T weight in weights)
            {
                weight = T.Exp(weight - maximum);
                total += weight;
            }
            if (!given && rollout.Key is { } key)
                picks[k] = CategoricalDraw.Sample<T>(weights, total, key.Uniform((ulong)((row * picks.Length) + k)));
            else if (!given)
                picks[k] = CategoricalDraw.MostProbable<T>(weights);
            chosen = raw[picks[k]];
            logProbability += chosen - maximum - T.Log(total);
        }
        return logProbability;
    }
}
