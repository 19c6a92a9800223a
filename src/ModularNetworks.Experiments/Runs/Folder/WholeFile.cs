using System.Text;

namespace ModularNetworks.Experiments;

/// <summary>Writes files that are never seen half written.</summary>
public static class WholeFile
{
    /// <summary>The end of a file's name while the file is written.</summary>
    public const string Unfinished = ".writing";

    /// <summary>Writes a file, or replaces it as a whole.</summary>
    public static void Write(IDisk disk, string path, string text) => Write(disk, path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a file, or replaces it as a whole.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    public static void Write(IDisk disk, string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(disk);
        string temporary = path + Unfinished;
        disk.Write(temporary, write);
        disk.Move(temporary, path);
    }
}
