using System.Text;

namespace ModularNetworks.Data.Tests;

public sealed class XzFileTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some text, ", 10_000)));

    [Theory]
    [InlineData("plain.xz")]
    [InlineData("-d.xz")]
    [InlineData("a b; echo 'c' $(d) *.xz")]
    public void A_file_is_unpacked_whatever_its_name(string name)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(Content, ReadAll(folder.Write(name, SmallXz.Compressed)));
        Assert.Equal(Content, ReadAll(folder.Write(name, SmallXz.Of(Content))));
        Assert.Empty(ReadAll(folder.Write(name, SmallXz.Of([]))));
    }

    [Fact]
    public void A_file_that_is_cut_short_is_refused_wherever_it_ends()
    {
        using var folder = new TemporaryFolder();
        for (int length = 0; length < SmallXz.Compressed.Length; length++)
            Refuses(folder.Write("a.xz", SmallXz.Compressed[..length]), "cannot be unpacked: ");
    }

    [Fact]
    public void No_changed_bit_changes_the_content()
    {
        using var folder = new TemporaryFolder();
        int read = 0;
        for (int place = 0; place < SmallXz.Compressed.Length; place++)
        {
            byte[] damaged = [.. SmallXz.Compressed];
            damaged[place] ^= (byte)(1 << (place % 8));
            string path = folder.Write("a.xz", damaged);
            try
            {
                Assert.Equal(Content, ReadAll(path));
                read++;
            }
            catch (DataException error)
            {
                Assert.StartsWith($"{path}: cannot be unpacked: ", error.Message, StringComparison.Ordinal);
            }
        }
        // Each of the three blocks begins with a byte that means nothing.
        Assert.Equal(3, read);
    }

    [Fact]
    public void Other_files_and_several_parts_are_refused()
    {
        using var folder = new TemporaryFolder();
        Refuses(folder.Write("a.xz", "no such format, and long enough to be one"), "cannot be unpacked: ");
        Refuses(folder.Write("a.xz", new byte[64]), "cannot be unpacked: it does not begin as .xz files do. Check");
        Refuses(folder.Write("a.xz", [.. SmallXz.Compressed, .. SmallXz.Compressed]), "cannot be unpacked: it has several parts after each other");
        Refuses(folder.Write("a.xz", [.. SmallXz.Compressed, 0, 0, 0, 0]), "cannot be unpacked: it is cut short");
    }

    [Fact]
    public void Files_that_would_take_much_memory_are_refused_before_they_are_unpacked()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(Content, ReadAll(folder.Write("a.xz", SmallXz.Of(Content, dictionary: 28))));
        Refuses(folder.Write("a.xz", SmallXz.Of(Content, dictionary: 29)), "cannot be unpacked: unpacking takes 100663296 bytes of memory");
    }

    [Fact]
    public void More_than_the_bound_is_not_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.xz", SmallXz.Compressed);
        Assert.Equal(Content, ReadAll(path, Content.Length));
        var error = Assert.Throws<DataException>(() => XzFile.Open(path, Content.Length - 1));
        Assert.StartsWith($"{path}: holds more than {Content.Length - 1} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        int read = Fuzzing.Run("damaged xz", 1000, key => ReadAll(folder.Write("a.xz", Fuzzing.Damage(key, SmallXz.Compressed)), 1 << 20));
        Assert.InRange(read, 0, 50);
    }

    private static byte[] ReadAll(string path, long mostBytes = 1 << 20)
    {
        using var stream = XzFile.Open(path, mostBytes);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static void Refuses(string path, string expected)
    {
        var error = Assert.Throws<DataException>(() => ReadAll(path));
        Assert.StartsWith($"{path}: {expected}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
