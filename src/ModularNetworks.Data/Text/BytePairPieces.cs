using System.Text.RegularExpressions;

namespace ModularNetworks.Data;

/// <summary>
/// The pieces of a text in which bytes are merged, each by itself: a line is cut into words with the space before them, numbers, other
/// signs, and white space, as GPT-2 does it (Radford et al. 2019).
/// </summary>
/// <remarks>A piece has at most 64 characters, so that the time for a text is proportional to its length.</remarks>
internal static class BytePairPieces
{
    /// <summary>The most characters of UTF-16 that are cut at once; longer lines are cut before.</summary>
    public const int LongestLine = 1 << 16;

    /// <summary>The pattern of a piece. A line consists of pieces, without gaps.</summary>
    public static Regex Pattern { get; } = new(
        @"'(?:[sdmt]|ll|ve|re)| ?\p{L}{1,64}| ?\p{N}{1,64}| ?(?:[^\s\p{L}\p{N}\p{Cs}]|\p{Cs}\p{Cs}){1,64}|\s{1,64}(?!\S)|\s{1,64}",
        RegexOptions.CultureInvariant | RegexOptions.Compiled);
}
