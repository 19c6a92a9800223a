using System.IO.Compression;
using System.Text;
using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>
/// An archive whose compression is sound and whose entries are made up: names that lead out of the folder, links, sizes that are
/// not true, extended headers.
/// </summary>
internal sealed class TarTarget : FuzzTarget
{
    private const string File = "data.tar.gz";

    private static readonly string[] Names =
    [
        .. PennTreebank.DataSet.Files, .. PennTreebank.DataSet.Files.Select(file => $"./simple-examples/data/{file}"),
        "../../escaped", "/escaped", "/tmp/escaped", "data/../../../escaped", "..", "/", "", "data", "C:\\escaped", "a\nb", new string('a', 99),
    ];

    // Files, links, devices, folders, extended headers of both kinds, long names, sparse files, and none at all.
    private static readonly byte[] Types = [.. "0000000123456LKxgSDVN7"u8, 0, 255];

    private static readonly string[] Extensions =
    [
        "30 size=99999999999999999999\n", "16 size=1048576\n", "19 path=../../escaped\n", "25 GNU.sparse.major=1\nx=\n", "9 size=1\n", "0 a=b\n",
        "99 path=short\n", "-5 a=b\n", "11 mtime=x\n", "17 linkpath=/etc\n",
    ];

    public override string Name => "tar";

    protected override IReadOnlyList<byte[]> Samples => [];

    public override int MostBytesPerByte => 400;

    public override byte[] Make(Draws draws)
    {
        using var archive = new MemoryStream();
        // Half of them hold the data set somewhere.
        string[] sound = draws.OneIn(2) ? [.. PennTreebank.DataSet.Files] : [];
        for (int i = 0; i < sound.Length + draws.Below(5); i++)
        {
            if (draws.OneIn(2))
                Write(draws, archive);
            if (i < sound.Length)
                Append(archive, TarHeader.Sound(sound[i], SmallTreebank.Train.Length), Encoding.UTF8.GetBytes(SmallTreebank.Train));
        }
        archive.Write(new byte[2 * TarHeader.Size]);
        byte[] bytes = archive.ToArray();
        return Pack(draws.OneIn(3) ? Mutation.Of(draws, [bytes]) : bytes);
    }

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() => PennTreebank.Load(Sandbox[File]));

    private static void Write(Draws draws, MemoryStream archive)
    {
        byte type = draws.OneOf(Types);
        byte[] content = Encoding.UTF8.GetBytes(type is (byte)'x' or (byte)'g' && !draws.OneIn(4)
            ? string.Concat(draws.OneOf(Extensions), draws.OneOf(Extensions))
            : draws.OneOf([SmallTreebank.Train, SmallTreebank.Valid, draws.OneOf(Names), ""]));
        Append(archive, TarHeader.Make(draws, draws.OneOf(Names), type, content.Length, draws.OneOf(Names)), content);
        if (draws.OneIn(20))
            archive.Write(content);
    }

    private static void Append(MemoryStream archive, byte[] header, byte[] content)
    {
        archive.Write(header);
        archive.Write(content);
        archive.Write(new byte[-content.Length & (TarHeader.Size - 1)]);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
            stream.Write(bytes);
        return packed.ToArray();
    }
}
