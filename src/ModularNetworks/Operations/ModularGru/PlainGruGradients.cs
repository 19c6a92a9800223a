using System.Numerics;

namespace ModularNetworks;

/// <summary>
/// The parts of a modular gated recurrent unit's backward step that do not depend on how its modules are used, for one
/// sequence in plain loops.
/// </summary>
internal static class PlainGruGradients<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>h' = (1 - z) * h + z * f(c): to the pre-activations of c and z, and directly to h.</summary>
    public static void ThroughUpdate(
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
    public static void ThroughReset(
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
