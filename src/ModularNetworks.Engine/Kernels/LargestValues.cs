using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Finds the k largest of some values.</summary>
internal static class LargestValues
{
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

    private static bool Precedes<T>(T value, T kept)
        where T : IFloatingPointIeee754<T> => value > kept || T.IsNaN(value);
}
