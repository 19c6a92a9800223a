using System.Text.Json;

namespace ModularNetworks.Reporting;

/// <summary>
/// Draws the probabilities of a layer's controller on the fixed batch: a row for each datapoint, a column for each module,
/// darker where the module is more probable. A layer that picks several modules has its places side by side, with a gray line
/// between them.
/// </summary>
internal static class HeatMap
{
    // A cell's side in pixels, less where there are so many columns that the picture would be too wide.
    private const int LargestCell = 16;
    private const int MostWide = 2048;
    private const byte White = 255;
    private const byte Line = 160;

    /// <summary>Draws a layer.</summary>
    /// <param name="probabilities">The modules' probabilities by row and place.</param>
    public static GrayImage Draw(JsonElement probabilities)
    {
        byte[][] cells = [.. probabilities.EnumerateArray().Select(Row)];
        int columns = cells[0].Length;
        int side = Math.Clamp(MostWide / columns, 1, LargestCell);
        int width = columns * side;
        byte[] pixels = new byte[width * cells.Length * side];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = cells[i / width / side][i % width / side];
        return new GrayImage(width, cells.Length * side, pixels);
    }

    private static byte[] Row(JsonElement places)
    {
        var cells = new List<byte>();
        foreach (var place in places.EnumerateArray())
        {
            if (cells.Count > 0)
                cells.Add(Line);
            cells.AddRange(place.EnumerateArray().Select(probability => Shade(probability.GetDouble())));
        }
        return [.. cells];
    }

    private static byte Shade(double probability) => (byte)Math.Round(White * (1 - Math.Clamp(probability, 0, 1)));
}
