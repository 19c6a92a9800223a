using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The sequences that a <see cref="ModularGru"/> reads. Rows are time-major: row <c>t * sequences + s</c>.</summary>
/// <param name="Inputs"><c>[steps * sequences, inputs]</c>.</param>
/// <param name="Initial"><c>[sequences, hidden]</c>, the states before the first step.</param>
/// <param name="GateInputs">
/// <c>[steps * sequences, 2 hidden]</c>, the inputs' share of the gates, before the sigmoid; null if modules bring the gates.
/// </param>
/// <param name="InputKeys"><c>[steps * sequences]</c>, the token that each input shows; null if that is not told.</param>
internal readonly record struct GruSequences(Tensor Inputs, Tensor Initial, Tensor? GateInputs, IndexTensor? InputKeys = null)
{
    /// <summary>Each sequence once for every candidate of its datapoint.</summary>
    public GruSequences ForCandidates(ForwardPass pass, int steps) => new(
        pass.ForCandidates(Inputs, steps),
        pass.ForCandidates(Initial),
        GateInputs is null ? null : pass.ForCandidates(GateInputs, steps),
        InputKeys is null ? null : pass.ForCandidates(InputKeys));
}

/// <summary>The states and modules of a run that chose its modules on the way.</summary>
/// <param name="Hidden"><c>[steps * rows, hidden]</c>, the states after each step.</param>
/// <param name="Selection"><c>[steps * rows, K]</c>, the selected modules.</param>
/// <param name="LogProbability"><c>[rows]</c>, log p(a|x, φ) of the whole sequence, in nats.</param>
internal readonly record struct GruChoice(Tensor Hidden, IndexTensor Selection, Tensor LogProbability);
