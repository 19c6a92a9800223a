using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModularNetworks.Engine;

/// <summary>
/// The Philox 4x32-10 block function (Salmon et al., SC 2011): 128 counter bits and 64 key bits to 128 random bits.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The number of counters that <see cref="Blocks"/> takes at once.</summary>
    public const int Lanes = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint A, uint B, uint C, uint D) Block(ulong key, ulong counterLow, ulong counterHigh)
    {
        uint a = (uint)counterLow, b = (uint)(counterLow >> 32), c = (uint)counterHigh, d = (uint)(counterHigh >> 32);
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * a, product1 = (ulong)Multiplier1 * c;
            a = (uint)(product1 >> 32) ^ b ^ key0;
            b = (uint)product1;
            c = (uint)(product0 >> 32) ^ d ^ key1;
            d = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return (a, b, c, d);
    }

    /// <summary>
    /// The first two words of the blocks of <see cref="Lanes"/> counters that follow each other; their upper half is zero.
    /// </summary>
    public static (Vector512<ulong> A, Vector512<ulong> B) Blocks(ulong key, ulong firstCounter)
    {
        var low = Vector512.Create((ulong)uint.MaxValue);
        var counters = Vector512.Create(firstCounter) + Vector512<ulong>.Indices;
        Vector512<ulong> a = counters & low, b = counters >> 32, c = Vector512<ulong>.Zero, d = Vector512<ulong>.Zero;
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            var product0 = Vector512.Create((ulong)Multiplier0) * a;
            var product1 = Vector512.Create((ulong)Multiplier1) * c;
            a = (product1 >> 32) ^ b ^ Vector512.Create((ulong)key0);
            b = product1 & low;
            c = (product0 >> 32) ^ d ^ Vector512.Create((ulong)key1);
            d = product0 & low;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return (a, b);
    }
}
