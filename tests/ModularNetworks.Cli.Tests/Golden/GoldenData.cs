using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests.Golden;

/// <summary>Small generated data, made without the library so that only a training can change what it leaves.</summary>
internal static class GoldenData
{
    private const int Words = 40;
    private const int Digits = 10;

    /// <summary>Writes a text in the layout of the Penn Treebank; each word is most often followed by the next of the list.</summary>
    /// <returns>Its folder.</returns>
    public static string WriteText(TemporaryFolder folder)
    {
        string text = Directory.CreateDirectory(folder["text"]).FullName;
        File.WriteAllText(Path.Join(text, PennTreebank.TrainFile), Lines(new Draws(1), 120));
        File.WriteAllText(Path.Join(text, PennTreebank.ValidFile), Lines(new Draws(2), 15));
        File.WriteAllText(Path.Join(text, PennTreebank.TestFile), Lines(new Draws(3), 15));
        return text;
    }

    /// <summary>Writes tables as large as those of optdigits; each digit has a bright row or column.</summary>
    /// <returns>Their folder.</returns>
    public static string WriteDigits(TemporaryFolder folder)
    {
        string digits = Directory.CreateDirectory(folder["digits"]).FullName;
        File.WriteAllLines(Path.Join(digits, Optdigits.TrainFile), Images(new Draws(1), 3823));
        File.WriteAllLines(Path.Join(digits, Optdigits.TestFile), Images(new Draws(2), 1797));
        return digits;
    }

    private static string Lines(Draws draws, int count)
    {
        int word = 0;
        int Next() => word = draws.Below(4) == 0 ? draws.Below(Words) : (word + 1) % Words;
        return string.Concat(Enumerable.Range(0, count).Select(
            _ => string.Concat(Enumerable.Range(0, 3 + draws.Below(7)).Select(_ => $" w{Next()}")) + " \n"));
    }

    private static IEnumerable<string> Images(Draws draws, int count) => Enumerable.Range(0, count).Select(n => n % Digits).Select(
        digit => string.Join(',', Enumerable.Range(0, 64).Select(place => Ink(draws, digit, place)).Append(digit)));

    private static int Ink(Draws draws, int digit, int place)
    {
        int line = digit < 5 ? place / 8 : place % 8;
        return (line == digit % 5 ? 10 : 0) + draws.Below(6);
    }

    /// <summary>Numbers of a linear congruential generator (Knuth's MMIX).</summary>
    private sealed class Draws(ulong state)
    {
        private ulong _state = state;

        public int Below(int limit)
        {
            _state = unchecked((_state * 6364136223846793005) + 1442695040888963407);
            return (int)((_state >> 33) % (ulong)limit);
        }
    }
}
