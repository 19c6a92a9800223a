using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ModularNetworks.Data.Tests;

/// <summary>Three short texts under the names of the Penn Treebank's files.</summary>
internal static class SmallTreebank
{
    public const string Train = " the cat sat \n the <unk> ran \n";
    public const string Valid = " the dog sat \n";
    public const string Test = " the cat ran \n\n";

    public static void WriteTo(TemporaryFolder folder, string below = "")
    {
        folder.Write(below + PennTreebank.TrainFile, Train);
        folder.Write(below + PennTreebank.ValidFile, Valid);
        folder.Write(below + PennTreebank.TestFile, Test);
    }

    /// <summary>An archive of the three files in the given folder, with another file beside them.</summary>
    public static byte[] Archive(string below)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (var archive = new TarWriter(packed))
        {
            AddTo(archive, below + "README", "not part of the data set");
            AddTo(archive, below + PennTreebank.TrainFile, Train);
            AddTo(archive, below + PennTreebank.ValidFile, Valid);
            AddTo(archive, below + PennTreebank.TestFile, Test);
        }
        return bytes.ToArray();
    }

    private static void AddTo(TarWriter archive, string name, string text) => archive.WriteEntry(
        new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            ModificationTime = DateTimeOffset.UnixEpoch,
        });
}
