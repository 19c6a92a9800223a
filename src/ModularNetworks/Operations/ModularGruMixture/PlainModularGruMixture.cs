using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A modular gated recurrent unit that mixes modules, in plain loops: the definition.</summary>
internal static class PlainModularGruMixture<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(
        in ModularGruInput input, in ModularGruMixture mixture, in ModularGruMixtureStates states)
    {
        for (int row = 0; row < input.StepsOf(mixture.Inputs) * input.Batch; row++)
        {
            var before = PlainGruCell<T>.StateBefore(input, states.Unit.Hidden, row);
            var gates = states.Unit.Gates.Row<T>(row);
            PlainGruCell<T>.OpenGates(input, row, before, picks: [], gates);
            ReadModuleInput(mixture, gates, before, row, states.ModuleInputs.Row<T>(row));
            KeepLargest(mixture, states, row, before);
            var proposal = states.Unit.ProposedStates.Row<T>(row);
            MixModules(input, mixture, states, row, proposal);
            PlainGruCell<T>.Update(gates, before, proposal, states.Unit.Hidden.Row<T>(row));
        }
    }

    /// <summary>[r * h, x].</summary>
    private static void ReadModuleInput(
        in ModularGruMixture mixture, ReadOnlySpan<T> gates, ReadOnlySpan<T> state, int row, Span<T> moduleInput)
    {
        for (int i = 0; i < state.Length; i++)
            moduleInput[i] = gates[state.Length + i] * state[i];
        mixture.Inputs.Row<T>(row).CopyTo(moduleInput[state.Length..]);
    }

    /// <summary>Selects the k modules with the largest logits and divides the mixture among them.</summary>
    private static void KeepLargest(
        in ModularGruMixture mixture, in ModularGruMixtureStates states, int row, ReadOnlySpan<T> state)
    {
        int modules = mixture.Modules;
        var logits = mixture.GatingInputs.Row<T>(row).ToArray();
        PlainRows.AddProduct<T>(state, mixture.GatingWeight, logits);
        Span<T> noisy = logits.AsSpan(0, modules), slopes = new T[modules];
        for (int i = 0; i < modules && mixture.Noise is not null; i++)
        {
            T noise = mixture.Noise.Row<T>(row)[i], logit = logits[modules + i];
            T exponential = T.Exp(-T.Abs(logit));
            noisy[i] += noise * (T.Max(logit, T.Zero) + T.LogP1(exponential));
            slopes[i] = noise / (T.One + T.Exp(-logit));
        }
        var picks = states.Selection.Row(row);
        LargestValues.Find<T>(noisy, picks);
        var shares = states.Shares.Row<T>(row);
        T total = T.Zero;
        for (int k = 0; k < picks.Length; k++)
        {
            shares[k] = T.Exp(noisy[picks[k]] - noisy[picks[0]]);
            total += shares[k];
            states.NoiseSlopes.Row<T>(row)[k] = slopes[picks[k]];
        }
        foreach (ref T share in shares)
            share /= total;
    }

    /// <summary>c = f(sum_k share k * output k).</summary>
    private static void MixModules(
        in ModularGruInput input, in ModularGruMixture mixture, in ModularGruMixtureStates states, int row, Span<T> proposal)
    {
        proposal.Clear();
        var picks = states.Selection.Row(row);
        for (int k = 0; k < picks.Length; k++)
        {
            var output = OutputOf(input, mixture, states, row, picks[k]);
            for (int i = 0; i < proposal.Length; i++)
                proposal[i] += states.Shares.Row<T>(row)[k] * output[i];
        }
        PlainGruCell<T>.Apply(input.Function, proposal);
    }

    /// <summary>[r * h, x] x moduleWeight[module] + moduleBias[module].</summary>
    public static T[] OutputOf(
        in ModularGruInput input, in ModularGruMixture mixture, in ModularGruMixtureStates states, int row, int module)
    {
        var output = mixture.ModuleBias.Row<T>(module).ToArray();
        PlainRows.AddProduct<T>(states.ModuleInputs.Row<T>(row), input.ModuleWeight[module], output);
        return output;
    }
}
