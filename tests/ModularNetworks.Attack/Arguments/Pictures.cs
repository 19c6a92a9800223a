using System.Buffers.Binary;

namespace ModularNetworks.Attack;

/// <summary>Writes picture files.</summary>
internal static class Pictures
{
    private const int HeaderBytes = 54;
    private const int BytesOfPixel = 3;
    private const int BytesOfWord = 4;

    /// <summary>A BMP file of black pixels.</summary>
    public static byte[] OfPixels(int width, int height)
    {
        // Rows are filled up to whole words.
        int rowBytes = ((width * BytesOfPixel) + BytesOfWord - 1) / BytesOfWord * BytesOfWord;
        byte[] file = new byte[HeaderBytes + (rowBytes * height)];
        "BM"u8.CopyTo(file);
        Write(file, 2, file.Length);
        Write(file, 10, HeaderBytes);
        Write(file, 14, 40); // the bytes of the rest of the header
        Write(file, 18, width);
        Write(file, 22, height);
        Write(file, 26, 1 | (24 << 16)); // planes, bits of a pixel
        return file;
    }

    private static void Write(byte[] file, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
}
