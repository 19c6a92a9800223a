using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModularNetworks.Engine;

/// <summary>
/// A source of random numbers without state: number <c>i</c> of a key is always the same, whoever asks for it, in any
/// order, on any thread. Keys are split into independent keys, never advanced.
/// </summary>
/// <remarks>
/// The generator is Philox 4x32 with ten rounds (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2,
/// 3", SC 2011).
/// </remarks>
/// <param name="Value">The 64 bits that identify the key.</param>
public readonly record struct RandomKey(ulong Value)
{
    // Counters of draws and of splits differ in their upper half, so that neither can repeat the other.
    private const ulong DrawDomain = 0;
    private const ulong SplitDomain = 1;

    // Random words of a block of the generator.
    private const int WordsPerBlock = 4;

    /// <summary>The key of a seed chosen by the user.</summary>
    public static RandomKey FromSeed(ulong seed) => new RandomKey(seed).Split(0UL);

    /// <summary>An independent key for part <paramref name="index"/> of the work.</summary>
    public RandomKey Split(ulong index)
    {
        var block = Philox.Block(Value, index, SplitDomain);
        return new RandomKey(block.A | ((ulong)block.B << 32));
    }

    /// <summary>An independent key for a named purpose, such as <c>"initialisation"</c>.</summary>
    public RandomKey Split(string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        ulong hash = 14695981039346656037; // 64-bit FNV-1a
        foreach (char letter in purpose)
            hash = (hash ^ letter) * 1099511628211;
        return Split(hash);
    }

    /// <summary>Number <paramref name="index"/> of this key: 32 uniform bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Bits(ulong index)
    {
        var block = Philox.Block(Value, index >> 2, DrawDomain);
        return (index & 3) switch { 0 => block.A, 1 => block.B, 2 => block.C, _ => block.D };
    }

    /// <summary>Number <paramref name="index"/> of this key, uniform in [0, 1) with 24 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Uniform(ulong index) => ToUniform(Bits(index));

    /// <summary>Numbers of this key that follow each other, each as <see cref="Uniform"/> gives it.</summary>
    /// <param name="first">The number of the first one, a multiple of four.</param>
    /// <param name="numbers">Receives the numbers.</param>
    internal void Uniforms(ulong first, Span<float> numbers)
    {
        Span<uint> words = stackalloc uint[WordsPerBlock];
        for (int i = 0; i < numbers.Length; i += WordsPerBlock)
        {
            (words[0], words[1], words[2], words[3]) = Philox.Block(Value, (first + (ulong)i) / WordsPerBlock, DrawDomain);
            var wanted = numbers[i..];
            for (int word = 0; word < Math.Min(WordsPerBlock, wanted.Length); word++)
                wanted[word] = ToUniform(words[word]);
        }
    }

    /// <summary>Number <paramref name="index"/> of this key, standard normal (Box and Muller 1958).</summary>
    public double Normal(ulong index)
    {
        // One block gives the two uniforms of a pair, of which the even index takes the cosine, the odd one the sine.
        var block = Philox.Block(Value, index >> 1, DrawDomain);
        double radius = Math.Sqrt(-2 * Math.Log((block.A + 1.0) / (uint.MaxValue + 1.0)));
        double angle = 2 * Math.PI * (block.B / (uint.MaxValue + 1.0));
        return (index & 1) == 0 ? radius * Math.Cos(angle) : radius * Math.Sin(angle);
    }

    /// <summary>Number <paramref name="index"/> of this key, exponential with mean 1, above 0.</summary>
    public double Exponential(ulong index)
    {
        // 53 bits, so that rare numbers, the smallest above all, are as fine as the common ones.
        var block = Philox.Block(Value, index, DrawDomain);
        ulong bits = (block.A | ((ulong)block.B << 32)) >> 11;
        return -Math.Log((bits + 0.5) / (1UL << 53));
    }

    /// <summary>
    /// The uniform numbers from which <see cref="Normal"/> makes pairs of numbers: for pair <c>i</c>, the numbers <c>2
    /// i</c> and <c>2 i + 1</c>, a uniform number in (0, 1] for the radius and an angle in radians.
    /// </summary>
    /// <param name="first">The first pair.</param>
    /// <param name="uniforms">As many as there are pairs, a multiple of <see cref="Philox.Lanes"/>.</param>
    /// <param name="angles">As many as there are pairs.</param>
    internal void NormalPairs(ulong first, Span<double> uniforms, Span<double> angles)
    {
        const double Unit = 1 / (uint.MaxValue + 1.0);
        for (int i = 0; i < uniforms.Length; i += Philox.Lanes)
        {
            var (a, b) = Philox.Blocks(Value, first + (ulong)i);
            ((Vector512.ConvertToDouble(a) + Vector512<double>.One) * Unit).CopyTo(uniforms[i..]);
            (Vector512.ConvertToDouble(b) * Unit * (2 * Math.PI)).CopyTo(angles[i..]);
        }
    }

    /// <summary>Number <paramref name="index"/> of this key, uniform in 0 to <paramref name="bound"/> - 1.</summary>
    public int Below(ulong index, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        // The high half of the product; the bias is below bound / 2^32 (Lemire 2019).
        return (int)(((ulong)Bits(index) * (uint)bound) >> 32);
    }

    /// <summary>
    /// The item at a place of a random order of the items 0 to <paramref name="count"/> - 1, without making the order: a Feistel network of four
    /// rounds, through which numbers that are no items go again (Black and Rogaway 2002).
    /// </summary>
    /// <param name="place">The place, from 0 to <paramref name="count"/> - 1.</param>
    /// <param name="count">The number of items.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public int ItemAt(int place, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, count);
        const int Rounds = 4;
        // Two halves of a number of bits that are enough.
        int half = (BitOperations.Log2((uint)Math.Max(1, count - 1)) / 2) + 1;
        uint mask = (1u << half) - 1, item = (uint)place;
        do
        {
            for (ulong round = 0; round < Rounds; round++)
            {
                uint left = item >> half, right = item & mask;
                item = (right << half) | (left ^ (Bits((round << 32) | right) & mask));
            }
        }
        while (item >= (uint)count);
        return (int)item;
    }

    private static float ToUniform(uint bits) => (bits >> 8) * (1f / (1 << 24));

    /// <summary>Puts items in a random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = Below((ulong)last, last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
