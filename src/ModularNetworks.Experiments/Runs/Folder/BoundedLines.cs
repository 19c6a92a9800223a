using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Reads the lines of a text file one by one, in memory that does not depend on what is in it.</summary>
internal static class BoundedLines
{
    /// <summary>A line with measurements of a thousand modules in ten layers has some hundred kilobytes; what is longer is damage.</summary>
    public const int MostLetters = 1 << 24;

    private const int BufferSize = 1 << 14;

    /// <summary>Reads the lines of a file in the folder of a run. Those of more than <see cref="MostLetters"/> letters come as empty ones.</summary>
    /// <exception cref="RunException">The file is no regular one, leads out of its folder, has more bytes than such files have, or cannot be read.</exception>
    public static IEnumerable<string> Read(string path)
    {
        using var file = Guarded(
            path, () => new StreamReader(RegularFile.Open(path, RunFiles.MostBytesOf(path), within: Path.GetDirectoryName(path))));
        var buffer = new char[BufferSize];
        var line = new StringBuilder();
        bool isTooLong = false;
        while (Guarded(path, () => file.Read(buffer)) is > 0 and var count)
        {
            int start = 0;
            for (int end; (end = Array.IndexOf(buffer, '\n', start, count - start)) >= 0; start = end + 1)
            {
                Append(end);
                yield return TakeLine();
            }
            Append(count);

            void Append(int end)
            {
                isTooLong |= line.Length + end - start > MostLetters;
                if (!isTooLong)
                    line.Append(buffer, start, end - start);
            }
        }
        if (line.Length > 0)
            yield return TakeLine();

        string TakeLine()
        {
            string taken = isTooLong ? "" : line.ToString().TrimEnd('\r');
            line.Clear();
            isTooLong = false;
            return taken;
        }
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path}: cannot be read: {exception.Message} Put the run's own file there.", exception);
        }
    }
}
