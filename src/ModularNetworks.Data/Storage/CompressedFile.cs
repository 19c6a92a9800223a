namespace ModularNetworks.Data;

/// <summary>Recognises files that are compressed, which are neither texts nor tables before they are unpacked.</summary>
internal static class CompressedFile
{
    private static readonly (byte[] Start, string What)[] Kinds =
    [
        ([0x1f, 0x8b], "is compressed by gzip. Unpack it, for example by gunzip"),
        ([0xfd, .. "7zXZ\0"u8], "is compressed by xz. Unpack it, for example by unxz"),
        ([0x28, 0xb5, 0x2f, 0xfd], "is compressed by Zstandard. Unpack it, for example by unzstd"),
        ([.. "BZh91AY&SY"u8], "is compressed by bzip2. Unpack it, for example by bunzip2"),
        ([.. "PK\u0003\u0004"u8], "is a ZIP archive, or a document or workbook of an office program. Unpack it, or save it as text or CSV"),
    ];

    /// <summary>Refuses a compressed file.</summary>
    /// <param name="stream">The file, at its beginning, where it is left.</param>
    /// <param name="source">The name of the file in messages.</param>
    /// <param name="expected">What is read instead, in words, such as <c>texts are read as UTF-8</c>.</param>
    /// <exception cref="DataException">It is compressed.</exception>
    public static void Refuse(Stream stream, string source, string expected)
    {
        byte[] start = new byte[Kinds.Max(kind => kind.Start.Length)];
        long position = stream.Position;
        int bytes = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = position;
        foreach (var (mark, what) in Kinds)
        {
            if (start.AsSpan(0, bytes).StartsWith(mark))
                throw new DataException($"{source}: {what}; {expected}.");
        }
    }
}
