using System.Text;
using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

/// <summary>Whatever bytes a file holds, it is read or refused with one clear line.</summary>
public sealed class ReaderFuzzTests
{
    private const int Rounds = 300;

    [Fact]
    public void Random_bytes_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        SmallTreebank.WriteTo(folder);
        Fuzz("random text", key =>
        {
            folder.Write(PennTreebank.TrainFile, Fuzzing.RandomBytes(key, 200));
            return folder.Path;
        });
    }

    [Fact]
    public void Damaged_text_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        SmallTreebank.WriteTo(folder);
        byte[] whole = Encoding.UTF8.GetBytes("na\u00EFve \U0001F600 text \n and so on \n");
        Fuzz("damaged text", key =>
        {
            folder.Write(PennTreebank.ValidFile, Fuzzing.Damage(key, whole));
            return folder.Path;
        });
    }

    [Fact]
    public void Damaged_archives_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = SmallTreebank.Archive("data/");
        Fuzz("damaged archive", key => folder.Write("a.tgz", Fuzzing.Damage(key, whole)));
    }

    [Fact]
    public void Damaged_archives_with_a_sound_compression_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Unpack(SmallTreebank.Archive("data/"));
        Fuzz("damaged tar", key => folder.Write("a.tgz", Pack(Fuzzing.Damage(key, whole))));
    }

    [Fact]
    public void An_archive_cut_anywhere_is_refused_unless_all_content_is_there()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = SmallTreebank.Archive("data/");
        int read = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            string path = folder.Write("a.tgz", whole[..length]);
            try
            {
                var corpus = PennTreebank.Load(path);
                Assert.Equal((8, 4, 5), (corpus.Train.Length, corpus.Valid.Length, corpus.Test.Length));
                read++;
            }
            catch (DataException)
            {
            }
        }
        // The last bytes only check the content, which can be whole without them.
        Assert.InRange(read, 0, 16);
    }

    private static void Fuzz(string purpose, Func<RandomKey, string> write)
    {
        int read = Fuzzing.Run(
            purpose, Rounds, key => Assert.NotEqual(0, PennTreebank.Load(write(key)).Vocabulary.Count));
        // A fuzz that is always refused at the door would test little.
        Assert.InRange(read, 0, Rounds - 1);
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var unpacked = new System.IO.Compression.GZipStream(
            new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new System.IO.Compression.GZipStream(
            packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(bytes);
        return packed.ToArray();
    }
}
