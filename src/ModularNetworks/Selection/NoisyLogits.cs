using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The logits of a <see cref="NoisyGate"/>.</summary>
/// <param name="Clean">x W_g, <c>[rows, modules]</c>.</param>
/// <param name="Deviation">
/// softplus(x W_noise), the standard deviation of the noise, <c>[rows, modules]</c>; null without noise.
/// </param>
/// <param name="Noisy">H, by which modules are kept, <c>[rows, modules]</c>; the clean logits without noise.</param>
internal readonly record struct NoisyLogits(Tensor Clean, Tensor? Deviation, Tensor Noisy)
{
    /// <summary>Adds noise to clean logits.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="gating">x W_g and x W_noise side by side, <c>[rows, 2 modules]</c>.</param>
    /// <param name="noise"><c>[rows, modules]</c>, standard normal numbers; null for none.</param>
    public static NoisyLogits Of(Tape tape, Tensor gating, Tensor? noise)
    {
        int modules = gating.Shape.Last / 2;
        var clean = tape.Slice(gating, 0, modules);
        if (noise is null)
            return new NoisyLogits(clean, null, clean);
        var deviation = tape.Softplus(tape.Slice(gating, modules, modules));
        return new NoisyLogits(clean, deviation, tape.Add(clean, tape.Multiply(noise, deviation)));
    }

    /// <summary>The shares of selected modules, <c>[rows, k]</c>.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="selection"><c>[rows, k]</c>.</param>
    /// <param name="shares">What the softmax of the logits is over.</param>
    public Tensor Shares(Tape tape, IndexTensor selection, MixtureShares shares = MixtureShares.OfMixed) => shares == MixtureShares.OfAll
        ? tape.GatherLast(tape.Softmax(Noisy), selection)
        : tape.Softmax(tape.GatherLast(Noisy, selection));
}
