using System.Text;

namespace ModularNetworks.Experiments;

/// <summary>Words of commands that are printed, quoted so that they can be pasted into a shell.</summary>
public static class ShellWord
{
    private const string PlainSigns = "_-./:,@+";

    /// <summary>A word for the usual shell of this system.</summary>
    public static string Of(string word) => OperatingSystem.IsWindows() ? ForCommandPrompt(word) : ForPosix(word);

    /// <summary>A word for the shells of Unix. Control characters are spelt, so that the printed line stays one line.</summary>
    public static string ForPosix(string word)
    {
        if (IsPlain(word))
            return word;
        return word.Any(char.IsControl)
            ? $"$'{string.Concat(word.Select(Spelt))}'"
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A word for the command prompt of Windows.</summary>
    public static string ForCommandPrompt(string word)
    {
        if (IsPlain(word.Replace('\\', '/')))
            return word;
        // Programs take a backslash before the last quote for one that is quoted.
        int backslashes = word.Length - word.TrimEnd('\\').Length;
        return $"\"{word}{new string('\\', backslashes)}\"";
    }

    private static bool IsPlain(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || PlainSigns.Contains(letter, StringComparison.Ordinal));

    private static string Spelt(char letter) => letter switch
    {
        '\'' or '\\' => $"\\{letter}",
        _ when char.IsControl(letter) => string.Concat(
            Encoding.UTF8.GetBytes([letter]).Select(octet => $"\\{Convert.ToString(octet, toBase: 8).PadLeft(3, '0')}")),
        _ => $"{letter}",
    };
}
