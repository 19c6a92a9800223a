using System.Text;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

/// <summary>A generated text of a dozen words in the layout of the Penn Treebank.</summary>
internal static class SmallText
{
    private static readonly string[] Words =
        ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];

    public static string WriteTo(TemporaryFolder folder, int validLines = 12)
    {
        var key = RandomKey.FromSeed(3);
        string place = Directory.CreateDirectory(folder["text"]).FullName;
        File.WriteAllText(Path.Join(place, PennTreebank.TrainFile), Lines(key.Split("train"), 60));
        File.WriteAllText(Path.Join(place, PennTreebank.ValidFile), Lines(key.Split("valid"), validLines));
        File.WriteAllText(Path.Join(place, PennTreebank.TestFile), Lines(key.Split("test"), 15));
        return place;
    }

    /// <summary>Lines of 3 to 9 words; each word is most often followed by the next of the list.</summary>
    private static string Lines(RandomKey key, int lines)
    {
        var text = new StringBuilder();
        ulong draw = 0;
        int word = 0;
        for (int line = 0; line < lines; line++)
        {
            int length = 3 + key.Below(draw++, 7);
            for (int i = 0; i < length; i++)
            {
                word = key.Below(draw++, 4) == 0 ? key.Below(draw++, Words.Length) : (word + 1) % Words.Length;
                text.Append(' ').Append(Words[word]);
            }
            text.Append(" \n");
        }
        return text.ToString();
    }
}
