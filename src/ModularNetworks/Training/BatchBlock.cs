using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A block of a mini-batch.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Start">The place of its first datapoint in the mini-batch.</param>
/// <param name="Size">The number of its datapoints.</param>
/// <param name="Share">Its share of the mini-batch's datapoints, above 0: the weight of its means in those of the mini-batch.</param>
internal readonly record struct BatchBlock(int Number, int Start, int Size, double Share)
{
    /// <summary>The block's part of a key.</summary>
    public RandomKey KeyOf(RandomKey key) => key.Split((ulong)Number);
}
