using System.Diagnostics.CodeAnalysis;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The rule of a sampling E-step (Eq. 11): for every datapoint, candidate 0 is a given composition and the other S are
/// sampled from the controllers while the network runs. Later layers see the path that a sample took before them.
/// </summary>
public sealed class CandidateSelection : SelectionRule
{
    private IndexTensor _first;
    private RandomKey _key;

    /// <summary>Prepares the samples.</summary>
    /// <param name="first">The composition of candidate 0, <c>[batch, picks]</c>.</param>
    /// <param name="samples">S, the number of samples for each datapoint.</param>
    /// <param name="key">Decides the samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">S is below 0.</exception>
    /// <exception cref="ShapeException">The compositions have not two axes, or S is more than a tensor can have rows.</exception>
    public CandidateSelection(IndexTensor first, int samples, RandomKey key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        Candidates = Sizes.Sum(nameof(CandidateSelection), samples, 1);
        Replace(first, key);
    }

    /// <summary>S + 1.</summary>
    public override int Candidates { get; }

    /// <inheritdoc/>
    public override int? GivenPicks => _first.Shape[1];

    /// <summary>Prepares the samples of the next run.</summary>
    /// <param name="first">The composition of candidate 0, <c>[batch, picks]</c>.</param>
    /// <param name="key">Decides the samples.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ShapeException">The compositions have not two axes.</exception>
    [MemberNotNull(nameof(_first))]
    public CandidateSelection Replace(IndexTensor first, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(first);
        if (first.Shape.Rank != 2)
            throw new ShapeException($"CandidateSelection: the compositions have shape {first.Shape}; needed is [batch, picks].");
        (_first, _key) = (first, key);
        return this;
    }

    /// <inheritdoc/>
    public override Tensor Run(ForwardPass pass, IModularLayer layer, LayerInput input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(layer);
        var first = PicksOfLayer(pass, _first, candidates: 1, layer, input.Steps);
        // Without samples every selection is known before the layer runs.
        return Candidates == 1
            ? layer.RunGiven(pass, input, first)
            : layer.RunChosen(pass, input, first, KeyOfLayer(pass, _key));
    }
}
