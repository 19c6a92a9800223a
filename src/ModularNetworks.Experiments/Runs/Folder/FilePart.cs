using System.IO.Hashing;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The first bytes of a file of a run.</summary>
/// <param name="Bytes">The number of bytes.</param>
/// <param name="Checksum">Their checksum (XxHash128), 32 hexadecimal digits.</param>
internal sealed record FilePart(long Bytes, string Checksum)
{
    /// <summary>As it is told in messages.</summary>
    public override string ToString() => $"{Counted.Of(Bytes, "byte")} with checksum {Checksum}";
}

/// <summary>The checksum of a file, kept up to date while the file grows.</summary>
internal sealed class FileChecksum
{
    private const int BufferBytes = 1 << 16;

    private readonly XxHash128 _hash = new();
    private long _bytes;

    /// <summary>All that was added.</summary>
    public FilePart Part => new(_bytes, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <summary>Reads the first bytes of a file, or as many as there are.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">The number of bytes.</param>
    /// <param name="run">The run's folder, which links must not lead out of.</param>
    /// <exception cref="IOException">The file is no regular one, leads out of the folder, or cannot be read.</exception>
    public static FileChecksum Of(string path, long bytes, string run)
    {
        var sum = new FileChecksum();
        using var file = RegularFile.Open(path, RunFiles.MostBytesOf(path), within: run);
        byte[] buffer = new byte[BufferBytes];
        while (file.Read(buffer.AsSpan(0, (int)Math.Min(BufferBytes, bytes - sum._bytes))) is > 0 and var count)
            sum.Add(buffer.AsSpan(0, count));
        return sum;
    }

    /// <summary>Adds what was appended to the file.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _hash.Append(bytes);
        _bytes += bytes.Length;
    }
}
