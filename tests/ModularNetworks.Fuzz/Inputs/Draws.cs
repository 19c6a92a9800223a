using FsCheck;
using FsCheck.Fluent;
using ModularNetworks.Engine;

namespace ModularNetworks.Fuzz;

/// <summary>Random choices, one after the other; the same for the same seed, reader and number of the input.</summary>
/// <param name="key">Decides them.</param>
internal sealed class Draws(RandomKey key)
{
    private ulong _next;

    /// <summary>The choices that make an input.</summary>
    public static Draws Of(ulong seed, string reader, long number) =>
        new(RandomKey.FromSeed(seed).Split(reader).Split((ulong)number));

    /// <summary>A number of 0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => key.Below(_next++, bound);

    /// <summary>32 random bits.</summary>
    public uint Bits() => key.Bits(_next++);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>One of some things.</summary>
    public T OneOf<T>(IReadOnlyList<T> things) => things[Below(things.Count)];

    /// <summary>Up to so many random bytes.</summary>
    public byte[] Bytes(int most)
    {
        var bytes = new byte[Below(most + 1)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Bits();
        return bytes;
    }

    /// <summary>A value of a generator of FsCheck.</summary>
    public T From<T>(Gen<T> generator, int size = 12) =>
        // The second number must be odd.
        generator.Sample(size, new Rnd(((ulong)Bits() << 32) | Bits(), Bits() | 1), 1)[0];
}
