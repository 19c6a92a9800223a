using System.Text;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

/// <summary>Tables as large as those of optdigits with generated images: each digit has a bright row or column.</summary>
internal static class GeneratedDigits
{
    private const int TrainImages = 3823;
    private const int TestImages = 1797;

    /// <summary>Writes the tables to a new folder.</summary>
    /// <returns>The folder.</returns>
    public static string WriteTo(TemporaryFolder folder)
    {
        string path = folder["digits"];
        if (Directory.Exists(path))
            return path;
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Join(path, Optdigits.TrainFile), Rows(RandomKey.FromSeed(1), TrainImages));
        File.WriteAllText(Path.Join(path, Optdigits.TestFile), Rows(RandomKey.FromSeed(2), TestImages));
        return path;
    }

    private static string Rows(RandomKey key, int count)
    {
        var text = new StringBuilder();
        for (int n = 0; n < count; n++)
        {
            var noise = key.Split((ulong)n);
            int digit = n % 10;
            for (int place = 0; place < 64; place++)
            {
                int line = digit < 5 ? place / 8 : place % 8;
                int ink = (line == digit % 5 ? 10 : 0) + noise.Below((ulong)place, 6);
                text.Append(ink).Append(',');
            }
            text.Append(digit).Append('\n');
        }
        return text.ToString();
    }
}
