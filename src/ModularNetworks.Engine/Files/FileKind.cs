using System.Formats.Tar;

namespace ModularNetworks.Engine;

/// <summary>Tells what a path names, without opening it.</summary>
internal static class FileKind
{
    // COR_E_IO, where it is the library that refuses.
    private const int NoErrorOfTheSystem = unchecked((int)0x80131620);

    /// <summary>The kind of something that is no regular file, in words.</summary>
    /// <param name="path">A path without links.</param>
    /// <returns>Null if it is a regular file, or nothing is there.</returns>
    public static string? OtherThanRegular(string path)
    {
        if (Directory.Exists(path))
            return "a folder";
        var file = new FileInfo(path);
        // Devices, pipes and sockets have no length.
        if (!file.Exists || file.Length > 0)
            return null;
        return OfEmpty(path) switch
        {
            TarEntryType.RegularFile => null,
            TarEntryType.Fifo => "a pipe",
            null => "a socket",
            _ => "a device",
        };
    }

    // Only the writer of tar archives tells kinds of files apart without opening them.
    private static TarEntryType? OfEmpty(string path)
    {
        using var archive = new MemoryStream();
        try
        {
            using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
                writer.WriteEntry(path, "file");
        }
        catch (IOException exception) when (exception.HResult == NoErrorOfTheSystem)
        {
            return null; // Archives have no sockets.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return TarEntryType.RegularFile; // Only these are opened; somebody holds it, or it may not be read.
        }
        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType;
    }
}
