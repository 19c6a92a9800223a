using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SkiaSharp;

namespace ModularNetworks.Data;

/// <summary>Decoded pictures of one size by the checksums of their files, and how they are kept in a file.</summary>
/// <remarks>
/// The file has a line that names the format and the decoder, so that another version decodes again; the size and the number of the
/// pictures; of each the checksum of its file, the number of its channels and its bytes; and at the end a checksum of all.
/// </remarks>
/// <param name="height">The number of rows of every picture.</param>
/// <param name="width">The number of columns of every picture.</param>
internal sealed class PicturePack(int height, int width)
{
    private const int KeyBytes = 16;
    private const int NumberBytes = sizeof(int);

    private static readonly byte[] Start =
        Encoding.UTF8.GetBytes($"modnet pictures 1, SkiaSharp {typeof(SKCodec).Assembly.GetName().Version}\n");

    private readonly Dictionary<UInt128, byte[]> _pictures = [];

    /// <summary>The number of rows of every picture.</summary>
    public int Height => height;

    /// <summary>The number of columns of every picture.</summary>
    public int Width => width;

    /// <summary>The picture of a file, <c>[channels * height * width]</c>.</summary>
    /// <param name="key">The checksum of the file.</param>
    public byte[] this[UInt128 key] => _pictures[key];

    /// <summary>Whether there is the picture of a file.</summary>
    public bool Has(UInt128 key) => _pictures.ContainsKey(key);

    /// <summary>Adds the picture of a file.</summary>
    public void Add(UInt128 key, byte[] planes) => _pictures[key] = planes;

    /// <summary>Removes the pictures of all other files.</summary>
    public void KeepOnly(IEnumerable<UInt128> keys)
    {
        var kept = keys.ToHashSet();
        foreach (var key in _pictures.Keys.Where(key => !kept.Contains(key)).ToArray())
            _pictures.Remove(key);
    }

    /// <summary>Writes all pictures.</summary>
    public void Write(Stream file)
    {
        var sum = new XxHash128();
        Write(file, sum, Start);
        foreach (int number in (int[])[height, width, _pictures.Count])
            Write(file, sum, LittleEndian(number));
        foreach (var (key, planes) in _pictures)
        {
            byte[] head = new byte[KeyBytes + 1];
            BinaryPrimitives.WriteUInt128LittleEndian(head, key);
            head[KeyBytes] = (byte)(planes.Length / (height * width));
            Write(file, sum, head);
            Write(file, sum, planes);
        }
        file.Write(sum.GetCurrentHash());
    }

    /// <summary>Reads what <see cref="Write(Stream)"/> wrote.</summary>
    /// <param name="file">The file.</param>
    /// <param name="height">The number of rows that pictures must have.</param>
    /// <param name="width">The number of columns that pictures must have.</param>
    /// <returns>Null if the file is damaged, or of another version.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PicturePack? Read(Stream file, int height, int width)
    {
        var sum = new XxHash128();
        byte[] start = Read(file, sum, Start.Length), sizes = Read(file, sum, 3 * NumberBytes);
        int count = BinaryPrimitives.ReadInt32LittleEndian(sizes.AsSpan(2 * NumberBytes));
        if (!start.SequenceEqual(Start) || !sizes.AsSpan().StartsWith([.. LittleEndian(height), .. LittleEndian(width)]) || count < 0)
            return null;
        var pack = new PicturePack(height, width);
        for (int n = 0; n < count; n++)
        {
            byte[] head = Read(file, sum, KeyBytes + 1);
            if (head[KeyBytes] is not (1 or 3))
                return null;
            pack.Add(BinaryPrimitives.ReadUInt128LittleEndian(head), Read(file, sum, head[KeyBytes] * height * width));
        }
        byte[] expected = sum.GetCurrentHash();
        return Read(file, sum, expected.Length).SequenceEqual(expected) ? pack : null;
    }

    private static byte[] Read(Stream file, XxHash128 sum, int count)
    {
        var bytes = new byte[count];
        file.ReadExactly(bytes);
        sum.Append(bytes);
        return bytes;
    }

    private static void Write(Stream file, XxHash128 sum, byte[] bytes)
    {
        file.Write(bytes);
        sum.Append(bytes);
    }

    private static byte[] LittleEndian(int number)
    {
        var bytes = new byte[NumberBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
