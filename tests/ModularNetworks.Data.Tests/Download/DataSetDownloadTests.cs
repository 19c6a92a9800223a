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

    public void Dispose() => _downloads.Dispose();

    private static DataSet DataSetAt(LoopbackServer server) => PennTreebank.DataSet with
    {
        Downloads = [new RemoteFile(server[Archive], MostBytes: 1 << 20)],
        Contents =
        [
            Text(PennTreebank.TrainFile, SmallTreebank.Train, 8),
            Text(PennTreebank.ValidFile, SmallTreebank.Valid, 4),
            Text(PennTreebank.TestFile, SmallTreebank.Test, 5),
        ],
    };

    private static KnownText Text(string name, string text, long words) =>
        new(name, text.Length, TextChecksum.Of(System.Text.Encoding.UTF8.GetBytes(text)), words);
}
