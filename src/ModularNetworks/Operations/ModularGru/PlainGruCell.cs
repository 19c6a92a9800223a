using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The parts of a modular gated recurrent unit's step (paper, appendix A), for one sequence in plain loops.</summary>
internal static class PlainGruCell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>h: the state before the step of a row.</summary>
    public static Span<T> StateBefore(in ModularGruInput input, Tensor hidden, int row) =>
        row < input.Batch ? input.Initial.Row<T>(row) : hidden.Row<T>(row - input.Batch);

    /// <summary>z, r = sigmoid(gateInputs + h x gateWeight), the weight shared or of the picked modules.</summary>
    public static void OpenGates(
        in ModularGruInput input, int inputRow, ReadOnlySpan<T> state, ReadOnlySpan<int> picks, Span<T> gates)
    {
        input.GateInputs!.Row<T>(inputRow).CopyTo(gates);
        OpenGates(input.GateWeight, state, picks, gates);
    }

    /// <summary>z, r = sigmoid(gates + h x gateWeight).</summary>
    public static void OpenGates(GruGateWeight weight, ReadOnlySpan<T> state, ReadOnlySpan<int> picks, Span<T> gates)
    {
        if (weight.IsShared)
            PlainRows.AddProduct<T>(state, weight.Shared, gates);
        foreach (int module in weight.IsShared ? [] : picks)
            PlainRows.AddProduct<T>(state, weight.OfModules[module], gates);
        foreach (ref T gate in gates)
            gate = T.One / (T.One + T.Exp(-gate));
    }

    /// <summary>c = f(c + sum_k (r * h) x moduleWeight[pick k]).</summary>
    public static void AddModules(
        in ModularGruInput input, ReadOnlySpan<T> gates, ReadOnlySpan<T> state, ReadOnlySpan<int> picks, Span<T> proposal)
    {
        var reset = new T[state.Length];
        for (int i = 0; i < reset.Length; i++)
            reset[i] = gates[state.Length + i] * state[i];
        foreach (int module in picks)
            PlainRows.AddProduct<T>(reset, input.ModuleWeight[module], proposal);
        Apply(input.Function, proposal);
    }

    /// <summary>c = f(c).</summary>
    public static void Apply(StateActivation function, Span<T> proposal)
    {
        foreach (ref T value in proposal)
            value = function == StateActivation.Tanh ? T.Tanh(value) : T.Max(value, T.Zero);
    }

    /// <summary>h' = (1 - z) * h + z * c.</summary>
    public static void Update(ReadOnlySpan<T> gates, ReadOnlySpan<T> state, ReadOnlySpan<T> proposal, Span<T> hidden)
    {
        for (int i = 0; i < hidden.Length; i++)
            hidden[i] = state[i] + (gates[i] * (proposal[i] - state[i]));
    }
}
