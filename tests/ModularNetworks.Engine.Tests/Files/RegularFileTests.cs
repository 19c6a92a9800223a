using System.IO.Pipes;
using System.Net.Sockets;

namespace ModularNetworks.Engine.Tests;

public sealed class RegularFileTests : IDisposable
{
    private const long Most = 1 << 20;

    private readonly TemporaryFolder _outside = new();
    private readonly TemporaryFolder _folder = new();

    public RegularFileTests()
    {
        File.WriteAllText(_folder["file"], "abc");
        File.WriteAllText(_outside["file"], "secret");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void A_file_is_read_by_its_name_and_by_links_to_it()
    {
        File.CreateSymbolicLink(_folder["link"], "file");
        File.CreateSymbolicLink(_folder["chain"], _folder["link"]);
        File.CreateSymbolicLink(_folder["outside"], _outside["file"]);
        foreach (string name in (string[])["file", "link", "chain"])
            Assert.Equal("abc", RegularFile.ReadText(_folder[name], Most, within: _folder.Path));
        Assert.Equal("secret", RegularFile.ReadText(_folder["outside"], Most));
        Assert.Equal("secret"u8, RegularFile.ReadBytes(_folder["outside"], Most));
        File.WriteAllText(_folder["empty"], "");
        Assert.Empty(RegularFile.ReadBytes(_folder["empty"], Most));
    }

    [Fact]
    public void An_empty_file_that_somebody_holds_is_a_file()
    {
        using var held = new FileStream(_folder["held"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        RegularFile.Require(_folder["held"]);
    }

    [Fact]
    public void The_folder_itself_may_be_a_link()
    {
        Directory.CreateSymbolicLink(_outside["here"], _folder.Path);
        Assert.Equal("abc", RegularFile.ReadText(_outside["here/file"], Most, within: _outside["here"]));
    }

    [Fact]
    public void A_pipe_that_a_process_holds_is_told_as_one()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self/fd"), "needs /proc");
        using var pipe = new AnonymousPipeServerStream();
        string name = $"/proc/self/fd/{pipe.SafePipeHandle.DangerousGetHandle()}";
        var error = Assert.Throws<IOException>(() => RegularFile.ReadBytes(name, Most));
        Assert.Equal($"'{name}' is a pipe, or a file that was deleted; only regular files are read.", error.Message);
    }

    [Fact]
    public void What_waits_has_no_end_or_is_no_file_is_not_opened()
    {
        NamedPipe.Make(_folder["pipe"]);
        File.CreateSymbolicLink(_folder["link-to-pipe"], "pipe");
        File.CreateSymbolicLink(_folder["zero"], "/dev/zero");
        Directory.CreateDirectory(_folder["folder"]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        Assert.Equal($"'{_folder["pipe"]}' is a pipe; only regular files are read.", Refusal("pipe"));
        Assert.EndsWith("is a pipe; only regular files are read.", Refusal("link-to-pipe"), StringComparison.Ordinal);
        Assert.EndsWith("is a device; only regular files are read.", Refusal("zero"), StringComparison.Ordinal);
        Assert.EndsWith("is a folder; only regular files are read.", Refusal("folder"), StringComparison.Ordinal);
        Assert.EndsWith("is a socket; only regular files are read.", Refusal("socket"), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_out_of_the_folder_are_refused()
    {
        File.CreateSymbolicLink(_folder["absolute"], _outside["file"]);
        File.CreateSymbolicLink(_folder["relative"], $"../{Path.GetFileName(_outside.Path)}/file");
        File.CreateSymbolicLink(_folder["chain"], "absolute");
        File.CreateSymbolicLink(_folder["zero"], "/dev/zero");
        Directory.CreateSymbolicLink(_folder["deeper"], _outside.Path);
        foreach (string name in (string[])["absolute", "relative", "chain", "zero", "deeper/file"])
            Assert.Contains("leads outside of the folder", Refusal(name, _folder.Path), StringComparison.Ordinal);
        // A folder whose name begins like that of the other.
        Directory.CreateDirectory(_outside["a"]);
        Directory.CreateDirectory(_outside["ab"]);
        File.WriteAllText(_outside["ab/file"], "");
        File.CreateSymbolicLink(_outside["a/file"], "../ab/file");
        Assert.Throws<IOException>(() => RegularFile.Require(_outside["a/file"], within: _outside["a"]));
    }

    [Fact]
    public void A_loop_of_links_is_refused()
    {
        File.CreateSymbolicLink(_folder["a"], "b");
        File.CreateSymbolicLink(_folder["b"], "a");
        Assert.Contains("links", Refusal("a"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_told_as_such_but_may_be_written()
    {
        Assert.Throws<FileNotFoundException>(() => RegularFile.ReadText(_folder["none"], Most));
        RegularFile.Require(_folder["none"], within: _folder.Path);
        RegularFile.Require("none", within: Path.GetDirectoryName("none"));
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        using (var file = File.Create(_folder["large"]))
            file.SetLength(Most + 1);
        Assert.Contains($"has more than {Most} bytes", Refusal("large"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_ends_at_the_bound()
    {
        using var file = RegularFile.Open(_folder["file"], mostBytes: 8);
        using var writer = new FileStream(_folder["file"], FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        byte[] piece = new byte[5];
        Assert.Equal(3, file.Read(piece));
        writer.Write(piece);
        writer.Flush();
        Assert.Equal(5, file.Read(piece));
        writer.Write(piece);
        writer.Flush();
        Assert.Throws<IOException>(() => file.Read(piece));
    }

    private string Refusal(string name, string? within = null) =>
        Assert.Throws<IOException>(() => RegularFile.ReadBytes(_folder[name], Most, within)).Message;
}
