namespace ModularNetworks;

/// <summary>
/// The parts of a modular gated recurrent unit's backward step that do not depend on how its modules are used, for one
/// sequence.
/// </summary>
internal static unsafe class GruGradients
{
    /// <summary>h' = (1 - z) * h + z * f(c): to the pre-activations of c and z, and directly to h.</summary>
    /// <param name="function">f.</param>
    /// <param name="size">The size of a state.</param>
    /// <param name="gate">The gates z and r.</param>
    /// <param name="proposal">f(c).</param>
    /// <param name="state">h.</param>
    /// <param name="upstream">The loss by h', from outside of the recurrence.</param>
    /// <param name="carried">The loss by h' from later steps; becomes the loss by h.</param>
    /// <param name="byProposal">Receives the loss by c.</param>
    /// <param name="byGates">Receives, in its first half, the loss by the pre-activation of z.</param>
    public static void ThroughUpdate(
        StateActivation function,
        int size,
        float* gate,
        float* proposal,
        float* state,
        float* upstream,
        float* carried,
        float* byProposal,
        float* byGates)
    {
        for (int i = 0; i < size; i++)
        {
            float z = gate[i], by = carried[i] + upstream[i];
            if (function == StateActivation.Tanh)
                byProposal[i] = by * z * (1 - (proposal[i] * proposal[i]));
            else
                byProposal[i] = proposal[i] > 0 ? by * z : 0;
            byGates[i] = by * (proposal[i] - state[i]) * z * (1 - z);
            carried[i] = by * (1 - z);
        }
    }

    /// <summary>The reset state r * h: to the pre-activation of r, and to h.</summary>
    /// <param name="size">The size of a state.</param>
    /// <param name="gate">The gates z and r.</param>
    /// <param name="state">h.</param>
    /// <param name="byReset">The loss by r * h.</param>
    /// <param name="carried">The loss by h; added to.</param>
    /// <param name="byGates">Receives, in its second half, the loss by the pre-activation of r.</param>
    public static void ThroughReset(int size, float* gate, float* state, float* byReset, float* carried, float* byGates)
    {
        for (int i = 0; i < size; i++)
        {
            float r = gate[size + i];
            byGates[size + i] = byReset[i] * state[i] * r * (1 - r);
            carried[i] += byReset[i] * r;
        }
    }
}
