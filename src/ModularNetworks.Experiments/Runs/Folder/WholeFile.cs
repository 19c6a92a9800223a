using System.Text;

namespace ModularNetworks.Experiments;

/// <summary>Writes files that are never seen half written, and reads them whole.</summary>
public static class WholeFile
{
    /// <summary>The end of a file's name while the file is written.</summary>
    public const string Unfinished = ".writing";

    private const int BufferBytes = 1 << 16;

    /// <summary>Writes a file, or replaces it as a whole.</summary>
    public static void Write(IDisk disk, string path, string text)
    {
        ArgumentNullException.ThrowIfNull(disk);
        string temporary = path + Unfinished;
        disk.Write(temporary, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        disk.Move(temporary, path);
    }

    /// <summary>Reads a file, unless the file is too large to be what it is taken for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">The most bytes that the file may have.</param>
    /// <exception cref="RunException">The file has more bytes.</exception>
    public static string Read(string path, long mostBytes)
    {
        using var file = File.OpenRead(path);
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[BufferBytes];
        // Devices and pipes do not tell their length, so that it is counted as well.
        bool fits = !file.CanSeek || file.Length <= mostBytes;
        while (fits && file.Read(buffer) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            fits = bytes.Length <= mostBytes;
        }
        if (!fits)
            throw new RunException($"{path}: has more than {mostBytes} bytes; at most {mostBytes} are read. Give the right file.");
        bytes.Position = 0;
        return new StreamReader(bytes).ReadToEnd();
    }
}
