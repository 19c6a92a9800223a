namespace ModularNetworks.Engine;

public sealed partial class PlainKernels<T>
{
    /// <inheritdoc/>
    public override void ModularGruMixture(
        in ModularGruInput input, in ModularGruMixture mixture, in ModularGruMixtureStates states)
    {
        for (int row = 0; row < input.Steps * input.Batch; row++)
        {
            var before = StateBefore(input, states.Unit.Hidden, row);
            var gates = RowOf(states.Unit.Gates, row);
            Gates(input, row, before, gates);
            ReadModuleInput(mixture, gates, before, row, RowOf(states.ModuleInputs, row));
            KeepLargest(mixture, states, row, before);
            var proposal = RowOf(states.Unit.ProposedStates, row);
            MixModules(input, mixture, states, row, proposal);
            Update(gates, before, proposal, RowOf(states.Unit.Hidden, row));
        }
    }

    /// <summary>[r * h, x].</summary>
    private static void ReadModuleInput(
        in ModularGruMixture mixture, ReadOnlySpan<T> gates, ReadOnlySpan<T> state, int row, Span<T> moduleInput)
    {
        for (int i = 0; i < state.Length; i++)
            moduleInput[i] = gates[state.Length + i] * state[i];
        RowOf(mixture.Inputs, row).CopyTo(moduleInput[state.Length..]);
    }

    /// <summary>Selects the k modules with the largest logits and divides the mixture among them.</summary>
    private static void KeepLargest(
        in ModularGruMixture mixture, in ModularGruMixtureStates states, int row, ReadOnlySpan<T> state)
    {
        int modules = mixture.Modules;
        var logits = RowOf(mixture.GatingInputs, row).ToArray();
        AddProduct(state, mixture.GatingWeight, logits);
        Span<T> noisy = logits.AsSpan(0, modules), slopes = new T[modules];
        for (int i = 0; i < modules && mixture.Noise is not null; i++)
        {
            T noise = RowOf(mixture.Noise, row)[i], logit = logits[modules + i];
            T exponential = T.Exp(-T.Abs(logit));
            noisy[i] += noise * (T.Max(logit, T.Zero) + T.LogP1(exponential));
            slopes[i] = noise / (T.One + T.Exp(-logit));
        }
        var picks = Picks(states.Selection, row);
        LargestValues.Find<T>(noisy, picks);
        var shares = RowOf(states.Shares, row);
        T total = T.Zero;
        for (int k = 0; k < picks.Length; k++)
        {
            shares[k] = T.Exp(noisy[picks[k]] - noisy[picks[0]]);
            total += shares[k];
            RowOf(states.NoiseSlopes, row)[k] = slopes[picks[k]];
        }
        foreach (ref T share in shares)
            share /= total;
    }

    /// <summary>c = f(sum_k share k * output k).</summary>
    private static void MixModules(
        in ModularGruInput input, in ModularGruMixture mixture, in ModularGruMixtureStates states, int row, Span<T> proposal)
    {
        proposal.Clear();
        var picks = Picks(states.Selection, row);
        for (int k = 0; k < picks.Length; k++)
        {
            var output = OutputOf(input, mixture, states, row, picks[k]);
            for (int i = 0; i < proposal.Length; i++)
                proposal[i] += RowOf(states.Shares, row)[k] * output[i];
        }
        Apply(input.Function, proposal);
    }

    /// <summary>[r * h, x] x moduleWeight[module] + moduleBias[module].</summary>
    private static T[] OutputOf(
        in ModularGruInput input, in ModularGruMixture mixture, in ModularGruMixtureStates states, int row, int module)
    {
        var output = RowOf(mixture.ModuleBias, module).ToArray();
        AddProduct(RowOf(states.ModuleInputs, row), input.ModuleWeight[module], output);
        return output;
    }
}
