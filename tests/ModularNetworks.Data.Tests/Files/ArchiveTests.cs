using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ModularNetworks.Data.Tests;

/// <summary>Archives that are unusual, or that ask for more than they may.</summary>
public sealed class ArchiveTests : IDisposable
{
    private const int SizeField = 124;
    private const int ChecksumField = 148;
    private const int HeaderBytes = 512;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.V7)]
    public void Archives_of_every_format_are_read(TarEntryFormat format)
    {
        string path = _folder.Write("a.tgz", Pack(Tar(format)));
        Assert.Equal(8, PennTreebank.Load(path).Train.Length);
    }

    [Theory]
    [InlineData(TarEntryType.ExtendedAttributes)]
    [InlineData(TarEntryType.GlobalExtendedAttributes)]
    [InlineData(TarEntryType.LongPath)]
    [InlineData(TarEntryType.LongLink)]
    public void An_extended_header_that_claims_a_gigabyte_is_refused_before_there_is_room_for_it(TarEntryType type)
    {
        byte[] tar = Tar(TarEntryFormat.Ustar);
        tar[156] = (byte)type;
        "10000000000"u8.CopyTo(tar.AsSpan(SizeField));
        PutChecksum(tar);
        string path = _folder.Write("a.tgz", Pack(tar));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<DataException>(() => PennTreebank.Load(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 22);
        Assert.Contains("A header claims to have 1073741824 bytes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_in_an_extended_header_is_refused()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "a", [new("comment", "a")]));
        }
        byte[] bytes = tar.ToArray();
        int comment = bytes.AsSpan().IndexOf(" comment=a\n"u8);
        " size=9999\n"u8.CopyTo(bytes.AsSpan(comment));
        var error = Assert.Throws<DataException>(() => PennTreebank.Load(_folder.Write("a.tgz", Pack(bytes))));
        Assert.Contains("a size in an extended header", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_unpacks_to_more_than_it_may_is_refused()
    {
        using var checkedTar = new CheckedTar(new MemoryStream(new byte[5000]), mostBytes: 4999);
        Assert.Throws<InvalidDataException>(() => checkedTar.CopyTo(Stream.Null));
    }

    [Fact]
    public void Names_that_lead_elsewhere_and_links_are_passed_over()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "../" + PennTreebank.TrainFile) { DataStream = new MemoryStream([1]) });
            writer.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, PennTreebank.TestFile) { LinkName = "/etc/passwd" });
        }
        var error = Assert.Throws<DataException>(() => PennTreebank.Load(_folder.Write("inner/a.tgz", Pack(tar.ToArray()))));
        Assert.Contains($"the file {PennTreebank.TrainFile} of the data set 'ptb' is missing", error.Message, StringComparison.Ordinal);
        Assert.Equal([_folder.Path + "/inner"], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void An_archive_cut_anywhere_is_refused()
    {
        byte[] whole = SmallTreebank.Archive("data/");
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<DataException>(() => PennTreebank.Load(_folder.Write("a.tgz", whole[..length])));
        Assert.Equal(8, PennTreebank.Load(_folder.Write("a.tgz", whole)).Train.Length);
    }

    [Fact]
    public void What_follows_an_archive_is_refused()
    {
        string path = _folder.Write("a.tgz", [.. SmallTreebank.Archive("data/"), .. "garbage"u8]);
        var error = Assert.Throws<DataException>(() => PennTreebank.Load(path));
        Assert.Contains("before its checksum, or with something else", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_archive_is_read_and_what_is_not_of_the_data_set_is_passed_over()
    {
        string path = _folder.Write("inner/a.zip", SmallArchive.Zip(
            [($"../{PennTreebank.TrainFile}", [1]), ("/etc/passwd", [2]), .. PennTreebank.DataSet.Files.Select(file => ($"data/{file}", Encoding.UTF8.GetBytes(SmallTreebank.Train)))]));
        Assert.Equal(8, PennTreebank.Load(path).Train.Length);
        Assert.Equal([_folder.Path + "/inner"], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_zip_archive_cut_anywhere_is_refused()
    {
        byte[] whole = SmallTreebank.Zip("data/");
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<DataException>(() => PennTreebank.Load(_folder.Write("a.zip", whole[..length])));
    }

    [Fact]
    public void A_file_of_a_zip_archive_that_claims_to_be_huge_is_refused_before_there_is_room_for_it()
    {
        byte[] zip = SmallArchive.Zip(PennTreebank.DataSet.Files.Select(file => (file, new byte[100])));
        int directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), 0x7FFF_FFFF);
        var error = Assert.Throws<DataException>(() => PennTreebank.Load(_folder.Write("a.zip", zip)));
        Assert.Contains("has 2147483647 bytes; at most 268435456 are read from an archive", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Tar(TarEntryFormat format)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, format, leaveOpen: true))
        {
            foreach (string name in PennTreebank.DataSet.Files)
            {
                var text = new MemoryStream(Encoding.UTF8.GetBytes(SmallTreebank.Train));
                TarEntry entry = format switch
                {
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name, [new("comment", "a")]),
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                    _ => new UstarTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = text;
                writer.WriteEntry(entry);
            }
        }
        return tar.ToArray();
    }

    private static void PutChecksum(byte[] tar)
    {
        tar.AsSpan(ChecksumField, 8).Fill((byte)' ');
        int sum = tar.Take(HeaderBytes).Sum(each => each);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar.AsSpan(ChecksumField));
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
            stream.Write(bytes);
        return packed.ToArray();
    }
}
