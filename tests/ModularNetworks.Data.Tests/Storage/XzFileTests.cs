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
        string path = folder.Write(name, SystemTools.PackXz(Content));
        Assert.Equal(Content, ReadAll(path));
    }

    [Fact]
    public void A_damaged_a_cut_and_a_wrong_file_are_refused_with_one_line()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = SystemTools.PackXz(Content), damaged = [.. whole];
        damaged[whole.Length / 2] ^= 0xFF;
        foreach (byte[] bytes in (byte[][])[damaged, whole[..^10], whole[..^1], [], [.. "no such format"u8]])
        {
            string path = folder.Write("a.xz", bytes);
            var error = Assert.Throws<DataException>(() => ReadAll(path));
            Assert.StartsWith($"{path}: cannot be unpacked: ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void More_than_the_bound_is_not_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.xz", SystemTools.PackXz(Content));
        Assert.Equal(Content, ReadAll(path, Content.Length));
        var error = Assert.Throws<DataException>(() => ReadAll(path, Content.Length - 1));
        Assert.StartsWith($"{path}: holds more than {Content.Length - 1} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_read_to_its_end_does_not_keep_the_program_waiting()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.xz", SystemTools.PackXz(new byte[8 << 20]));
        using var stream = XzFile.Open(path);
        Assert.Equal(0, stream.ReadByte());
        // Disposing waits for the end of the program, which could not end while nobody reads what it writes.
    }

    [Fact]
    public void A_missing_program_is_named_with_how_to_install_it()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DataException>(() => XzFile.FindProgram("a.xz", folder.Path));
        Assert.StartsWith("a.xz: is unpacked by the program xz, which was not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install xz-utils", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = SystemTools.PackXz(Content);
        int read = Fuzzing.Run("damaged xz", 60, key => ReadAll(folder.Write("a.xz", Fuzzing.Damage(key, whole)), 1 << 20));
        Assert.InRange(read, 0, 5);
    }

    private static byte[] ReadAll(string path, long mostBytes = long.MaxValue)
    {
        using var stream = XzFile.Open(path, mostBytes);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
