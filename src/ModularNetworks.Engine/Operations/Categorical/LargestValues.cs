using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Finds the k largest of some values.</summary>
internal static class LargestValues
{
    // What a float leaves of a double's 52 bits.
    private const long FreeBits = (1L << 29) - 1;

    // Larger than every float, and yet finite.
    private const double Infinity = 1e100;
    private const double AboveInfinity = 1e200;

    /// <summary>
    /// Writes the places of the largest values, the largest first; of equal values the one at the lower place comes first.
    /// What is not a number comes before all numbers, so that it is seen in what is made of the result.
    /// </summary>
    /// <param name="values">At least as many as there are places.</param>
    /// <param name="places">Receives k places.</param>
    public static void Find<T>(ReadOnlySpan<T> values, Span<int> places)
        where T : IFloatingPointIeee754<T>
    {
        int found = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int place = found;
            while (place > 0 && Precedes(values[i], values[places[place - 1]]))
                place--;
            if (place == places.Length)
                continue;
            found = Math.Min(found + 1, places.Length);
            for (int next = found - 1; next > place; next--)
                places[next] = places[next - 1];
            places[place] = i;
        }
    }

    /// <summary>
    /// The same without branches that depend on the values: every value goes along the list of those kept, and at each
    /// place the larger one stays.
    /// </summary>
    /// <param name="values">At least as many as there are places, at most 2^29.</param>
    /// <param name="places">Receives k places.</param>
    /// <param name="kept">Room for k numbers.</param>
    public static void FindFast(ReadOnlySpan<float> values, Span<int> places, Span<double> kept)
    {
        kept.Fill(double.NegativeInfinity);
        for (int i = 0; i < values.Length; i++)
        {
            double passed = Key(values[i], i);
            foreach (ref double place in kept)
            {
                double larger = double.MaxNative(place, passed);
                passed = double.MinNative(place, passed);
                place = larger;
            }
        }
        for (int k = 0; k < places.Length; k++)
            places[k] = PlaceOf(kept[k]);
    }

    /// <summary>
    /// A number that is larger for what comes first: the value, and in the bits that a float leaves free in a double the
    /// place.
    /// </summary>
    private static double Key(float value, int place)
    {
        // Adding zero makes negative zero positive.
        double wide = float.IsFinite(value) ? value + 0 : float.IsNaN(value) ? AboveInfinity : Math.CopySign(Infinity, value);
        long bits = BitConverter.DoubleToInt64Bits(wide) & ~FreeBits;
        // Larger bits make negative numbers smaller, so that there the lower place has to have the lower bits.
        return BitConverter.Int64BitsToDouble(bits | (place ^ (~(bits >> 63) & FreeBits)));
    }

    private static int PlaceOf(double key)
    {
        long bits = BitConverter.DoubleToInt64Bits(key);
        return (int)((bits ^ ~(bits >> 63)) & FreeBits);
    }

    private static bool Precedes<T>(T value, T kept)
        where T : IFloatingPointIeee754<T> => value > kept || (T.IsNaN(value) && !T.IsNaN(kept));
}
