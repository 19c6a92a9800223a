using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

/// <summary>Shows that a reader takes any input or refuses it with one clear line.</summary>
internal static class Fuzzing
{
    /// <summary>
    /// Reads one input after the other; each is read, or refused with a <see cref="DataException"/> of one line.
    /// </summary>
    /// <param name="purpose">Names the test; the inputs depend on it.</param>
    /// <param name="rounds">The number of inputs.</param>
    /// <param name="read">Makes an input of a key, and reads it.</param>
    /// <returns>How many inputs were read.</returns>
    public static int Run(string purpose, int rounds, Action<RandomKey> read)
    {
        var key = RandomKey.FromSeed(7).Split(purpose);
        int taken = 0;
        for (int round = 0; round < rounds; round++)
        {
            try
            {
                read(key.Split((ulong)round));
                taken++;
            }
            catch (DataException problem)
            {
                Assert.DoesNotContain('\n', problem.Message);
            }
        }
        return taken;
    }

    /// <summary>Up to so many random bytes.</summary>
    public static byte[] RandomBytes(RandomKey key, int longest)
    {
        byte[] bytes = new byte[key.Below(0, longest + 1)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)key.Bits((ulong)i + 1);
        return bytes;
    }

    /// <summary>Cuts the end off, or changes some bytes.</summary>
    public static byte[] Damage(RandomKey key, byte[] whole)
    {
        if (key.Below(0, 3) == 0)
            return whole[..key.Below(1, whole.Length)];
        byte[] bytes = [.. whole];
        int changes = 1 + key.Below(2, 8);
        for (int i = 0; i < changes; i++)
            bytes[key.Below((ulong)(3 + (2 * i)), bytes.Length)] = (byte)key.Bits((ulong)(4 + (2 * i)));
        return bytes;
    }
}
