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
            folder.Write(PennTreebank.TrainFile, RandomBytes(key, 200));
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
            folder.Write(PennTreebank.ValidFile, Damage(key, whole));
            return folder.Path;
        });
    }

    [Fact]
    public void Damaged_archives_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = SmallTreebank.Archive("data/");
        Fuzz("damaged archive", key => folder.Write("a.tgz", Damage(key, whole)));
    }

    [Fact]
    public void Damaged_archives_with_a_sound_compression_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Unpack(SmallTreebank.Archive("data/"));
        Fuzz("damaged tar", key => folder.Write("a.tgz", Pack(Damage(key, whole))));
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
        var key = RandomKey.FromSeed(7).Split(purpose);
        int read = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string location = write(key.Split((ulong)round));
            try
            {
                Assert.NotEqual(0, PennTreebank.Load(location).Vocabulary.Count);
                read++;
            }
            catch (DataException problem)
            {
                Assert.DoesNotContain('\n', problem.Message);
            }
        }
        // A fuzz that is always refused at the door would test little.
        Assert.InRange(read, 0, Rounds - 1);
    }

    private static byte[] RandomBytes(RandomKey key, int longest)
    {
        byte[] bytes = new byte[key.Below(0, longest + 1)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)key.Bits((ulong)i + 1);
        return bytes;
    }

    /// <summary>Cuts the end off, or changes some bytes.</summary>
    private static byte[] Damage(RandomKey key, byte[] whole)
    {
        if (key.Below(0, 3) == 0)
            return whole[..key.Below(1, whole.Length)];
        byte[] bytes = [.. whole];
        int changes = 1 + key.Below(2, 8);
        for (int i = 0; i < changes; i++)
            bytes[key.Below((ulong)(3 + (2 * i)), bytes.Length)] = (byte)key.Bits((ulong)(4 + (2 * i)));
        return bytes;
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
