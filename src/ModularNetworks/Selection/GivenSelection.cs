using System.Diagnostics.CodeAnalysis;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// All compositions are given: the stored ones, a*, in an M-step, or candidates that a search has found beforehand.
/// </summary>
public sealed class GivenSelection : SelectionRule
{
    private IndexTensor _compositions;
    private int _candidates;

    /// <summary>Gives the compositions.</summary>
    /// <param name="compositions"><c>[candidates * batch, picks]</c>.</param>
    /// <param name="candidates">The number of compositions that each datapoint has.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no candidate.</exception>
    /// <exception cref="ShapeException">The compositions have not two axes, or do not divide among the candidates.</exception>
    public GivenSelection(IndexTensor compositions, int candidates = 1) => Replace(compositions, candidates);

    /// <inheritdoc/>
    public override int Candidates => _candidates;

    /// <inheritdoc/>
    public override int? GivenPicks => _compositions.Shape[1];

    /// <summary>Gives other compositions, for the next run.</summary>
    /// <param name="compositions"><c>[candidates * batch, picks]</c>.</param>
    /// <param name="candidates">The number of compositions that each datapoint has.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no candidate.</exception>
    /// <exception cref="ShapeException">The compositions have not two axes, or do not divide among the candidates.</exception>
    [MemberNotNull(nameof(_compositions))]
    public GivenSelection Replace(IndexTensor compositions, int candidates = 1)
    {
        ArgumentNullException.ThrowIfNull(compositions);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        if (compositions.Shape.Rank != 2 || compositions.Shape[0] % candidates != 0)
        {
            throw new ShapeException(
                $"GivenSelection: the compositions have shape {compositions.Shape}; needed is [candidates * batch, picks], and "
                + $"{Counted.Of(candidates, "candidate")} of each datapoint.");
        }
        (_compositions, _candidates) = (compositions, candidates);
        return this;
    }

    /// <inheritdoc/>
    public override Tensor Run(ForwardPass pass, IModularLayer layer, LayerInput input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(layer);
        return layer.RunGiven(pass, input, PicksOfLayer(pass, _compositions, _candidates, layer, input.Steps));
    }
}
