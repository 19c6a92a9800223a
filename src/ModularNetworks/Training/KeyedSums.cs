using System.Numerics.Tensors;
using ModularNetworks.Engine;
using Tensor = ModularNetworks.Engine.Tensor;

namespace ModularNetworks;

/// <summary>
/// The sums from which a* of a key is chosen: for each key and selection, log p(y|x, a, θ) + log p(a|x, φ) over the key's
/// datapoints, in which earlier mini-batches are gradually forgotten.
/// </summary>
/// <param name="keys">The number of keys.</param>
/// <param name="selections">The number of selections that each key may have.</param>
/// <param name="forgetting">What the sums of earlier mini-batches are multiplied by at each update.</param>
/// <param name="evidence">How many nats more the sum of another selection must be than that of the stored one.</param>
internal sealed class KeyedSums(int keys, int selections, double forgetting, double evidence = 0)
{
    private readonly double[] _ofBatch = SizedArray.Create<double>("EM by key", (long)keys * selections);
    private readonly bool[] _isSeen = SizedArray.Create<bool>("EM by key", keys);

    /// <summary>The sums, <c>[keys, selections]</c>, each less the mean of its key, in nats.</summary>
    public Tensor Values { get; } = Tensor.Allocate(new Shape(keys, selections));

    /// <summary>The number of keys.</summary>
    public int Keys => keys;

    /// <summary>Whether scores of a key were added since the last <see cref="Clear"/>.</summary>
    public bool IsSeen(int key) => _isSeen[key];

    /// <summary>Adds the score of a datapoint, or of one time step of it, to those of its key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="selection">The selection that is scored.</param>
    /// <param name="score">log p(y|x, a, θ) + log p(a|x, φ), in nats.</param>
    public void Add(int key, int selection, double score)
    {
        _isSeen[key] = true;
        _ofBatch[((long)key * selections) + selection] += score;
    }

    /// <summary>Forgets a part of a key's sums and adds to them what the mini-batch added.</summary>
    /// <param name="key">The key.</param>
    /// <param name="stored">The key's selection, which is kept in ties.</param>
    /// <returns>The best selection, and the mini-batch's sum for it in nats, 0 if the key was not seen.</returns>
    public (int Best, double Score) Update(int key, int stored)
    {
        var sums = Values.Values.Slice(key * selections, selections);
        TensorPrimitives.Multiply(sums, (float)forgetting, sums);
        if (!_isSeen[key])
            return (stored, 0);
        var added = OfBatch(key);
        // Only differences between selections matter: without their mean, 32 bits hold them precisely.
        double mean = TensorPrimitives.Sum<double>(added) / selections;
        // Scores that are no finite numbers would spoil the sums for good.
        for (int selection = 0; selection < selections && double.IsFinite(mean); selection++)
            sums[selection] += (float)(added[selection] - mean);
        int best = stored;
        for (int selection = 0; selection < selections; selection++)
        {
            if (sums[selection] > sums[best])
                best = selection;
        }
        if (sums[best] - sums[stored] <= evidence)
            best = stored;
        return (best, added[best]);
    }

    /// <summary>Begins with the next mini-batch.</summary>
    public void Clear()
    {
        Array.Clear(_ofBatch);
        Array.Clear(_isSeen);
    }

    private Span<double> OfBatch(int key) => _ofBatch.AsSpan(key * selections, selections);
}
