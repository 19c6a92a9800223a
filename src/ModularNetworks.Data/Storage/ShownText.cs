namespace ModularNetworks.Data;

/// <summary>Text of a file in a message.</summary>
internal static class ShownText
{
    private const int Most = 40;

    /// <summary>The text on one line, and not all of it if it is long.</summary>
    public static string Of(string text)
    {
        string start = text.Length > Most ? text[..Most] + "..." : text;
        return string.Concat(start.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
