using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>A text with a known number of lines, whose bytes are not known.</summary>
/// <param name="name">The file's name without a folder.</param>
/// <param name="lines">The number of line ends.</param>
internal sealed class KnownLines(string name, long lines) : KnownFiles(name)
{
    private protected override IEnumerable<string> Problems(DataFiles files, IReadOnlyList<string> present)
    {
        foreach (string file in present)
        {
            long found = 0;
            if (ProblemOf(() => found = Count(files, file)) is { } unreadable)
                yield return unreadable;
            else if (found != lines)
                yield return $"{files.PathOf(file)}: has {Counted.Of(found, "line")}; {lines} are expected. Get the file again.";
        }
    }

    private static long Count(DataFiles files, string file)
    {
        long found = 0;
        Read(files, file, bytes =>
        {
            found += bytes.Span.Count((byte)'\n');
            return true;
        });
        return found;
    }
}
