using System.Text;

namespace ModularNetworks.Data.Tests;

public sealed class DataSetDownloadTests : IDisposable
{
    private const string Archive = "simple-examples.tgz";

    private static readonly byte[] Bytes = SmallTreebank.Archive("./simple-examples/data/");

    private readonly Downloads _downloads = new();
    private readonly DataLocation _location;

    public DataSetDownloadTests() => _location = new DataLocation(null, _downloads.Folder);

    [Fact]
    public async Task Readers_find_what_was_downloaded_and_it_is_not_downloaded_again()
    {
        using var server = new LoopbackServer(Reply.Whole(Bytes, Bytes.Length / 2), Reply.Rest(Bytes, Bytes.Length / 2));
        var dataSet = DataSetAt(server);
        Assert.True(await _downloads.GetAsync(dataSet, _location.InCache("ptb")));
        Assert.Equal(
            [_location.InCache("ptb")], Directory.GetFileSystemEntries(Path.GetDirectoryName(_location.InCache("ptb"))!));

        var corpus = PennTreebank.Load(_location.Resolve(null, "ptb"));
        Assert.Equal(8, corpus.Train.Length);
        Assert.False(await _downloads.GetAsync(dataSet, _location.InCache("ptb")));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_damaged_archive_is_replaced()
    {
        string folder = _location.InCache("ptb");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Join(folder, Archive), Bytes[..(Bytes.Length / 2)]);
        using var server = new LoopbackServer(Reply.Whole(Bytes));
        Assert.True(await _downloads.GetAsync(DataSetAt(server), folder));
        Assert.Equal(Bytes, File.ReadAllBytes(Path.Join(folder, Archive)));
    }

    [Fact]
    public async Task What_is_not_the_data_set_is_deleted()
    {
        using var server = new LoopbackServer(Reply.Whole([.. "<html>Sign in</html>"u8]));
        var error = await Assert.ThrowsAsync<DataException>(
            () => _downloads.GetAsync(DataSetAt(server), _location.InCache("ptb")));
        Assert.Contains("is not the data set 'ptb' and was deleted", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(_location.InCache("ptb"))!));
        Assert.Null(_location.Find("ptb"));
    }

    [Fact]
    public async Task Loose_files_that_would_hide_the_archive_are_named()
    {
        string folder = _location.InCache("ptb");
        foreach (string name in PennTreebank.DataSet.Files)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Join(folder, name), "the");
        }
        using var server = new LoopbackServer(Reply.Whole(Bytes));
        var error = await Assert.ThrowsAsync<DataException>(() => _downloads.GetAsync(DataSetAt(server), folder));
        Assert.Contains("would be read instead of the archive", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_archive_that_no_reader_reads_is_unpacked()
    {
        byte[] zip = SmallArchive.Zip(("wiki/a.txt", [.. "one\ntwo\n"u8]), ("wiki/b.txt", [.. "three\n"u8]));
        using var server = new LoopbackServer(Reply.Whole(zip));
        var dataSet = TwoTexts(server, zip);
        string folder = _location.InCache("two");
        Assert.True(await _downloads.GetAsync(dataSet, folder));
        Assert.Equal("three\n", File.ReadAllText(Path.Join(folder, "b.txt")));
        Assert.Equal(["a.txt", "b.txt", "two.zip"], Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order());
        Assert.False(await _downloads.GetAsync(dataSet, folder));

        File.Delete(Path.Join(folder, "a.txt"));
        Assert.True(await _downloads.GetAsync(dataSet, folder));
        Assert.Equal("one\ntwo\n", File.ReadAllText(Path.Join(folder, "a.txt")));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_file_that_was_got_in_another_way_is_used_if_it_is_the_published_one()
    {
        byte[] zip = SmallArchive.Zip(("wiki/a.txt", [.. "one\ntwo\n"u8]), ("wiki/b.txt", [.. "three\n"u8]));
        using var server = new LoopbackServer();
        var dataSet = TwoTexts(server, zip);
        string folder = _location.InCache("two"), given = Path.Join(folder, "two.zip");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(given, [1, 2, 3]);
        var error = await Assert.ThrowsAsync<DataException>(() => _downloads.GetAsync(dataSet, folder));
        Assert.EndsWith($" Try again later; or get two.zip in another way, put it into {folder}, and give the same command, which checks it.", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(given));

        int requests = server.Requests.Count;
        File.WriteAllBytes(given, zip);
        Assert.True(await _downloads.GetAsync(dataSet, folder));
        Assert.Equal("three\n", File.ReadAllText(Path.Join(folder, "b.txt")));
        Assert.Equal(requests, server.Requests.Count);
    }

    public void Dispose() => _downloads.Dispose();

    private static DataSet TwoTexts(LoopbackServer server, byte[] zip) => PennTreebank.DataSet with
    {
        Folders = ["wiki/"],
        Downloads = [new RemoteFile(server["two.zip"], MostBytes: 1 << 20, Checksum.Of(zip))],
        Contents = [new KnownLines("a.txt", 2), new KnownLines("b.txt", 1)],
        IsUnpacked = true,
    };

    private static DataSet DataSetAt(LoopbackServer server) => PennTreebank.DataSet with
    {
        Downloads = [new RemoteFile(server[Archive], MostBytes: 1 << 20)],
        Contents =
        [
            Text(PennTreebank.TrainFile, SmallTreebank.Train),
            Text(PennTreebank.ValidFile, SmallTreebank.Valid),
            Text(PennTreebank.TestFile, SmallTreebank.Test),
        ],
    };

    private static KnownFile Text(string name, string text) => new(name, text.Length, Checksum.Of(Encoding.UTF8.GetBytes(text)));
}
