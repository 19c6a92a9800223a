namespace ModularNetworks.Engine;

/// <summary>Memory that receives what other ranks send.</summary>
internal static class RoomForRanks
{
    /// <summary>Refuses memory that is longer or shorter than what will come.</summary>
    /// <param name="found">Its length in bytes.</param>
    /// <param name="needed">The number of bytes that will come.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Require(int found, long needed)
    {
        if (found != needed)
            throw new ArgumentException($"Ranks: there is room for {Counted.Of(found, "byte")}; {needed} will come. Give memory of that length.");
    }
}
