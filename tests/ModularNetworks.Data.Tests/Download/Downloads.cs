namespace ModularNetworks.Data.Tests;

/// <summary>Downloads a file of a thousand bytes, or data sets, from a server on this machine.</summary>
internal sealed class Downloads : IDownloadObserver, IDisposable
{
    public const string Sha256 = "a8af099bf2e878609558dbf69d8f88f4a31040a8cf84b549a0cfa912f12ffc3f";

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The file as it should come.</summary>
    public static byte[] File { get; } = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    public SkippedTime Time { get; } = new();

    public string Folder => _folder.Path;

    public string FilePath => Path.Join(Folder, "file");

    public string PartPath => FilePath + ".part";

    public List<string> Retries { get; } = [];

    /// <summary>When so many bytes have come in the first trial, the time of waiting is over.</summary>
    public long? StallsAt { get; set; }

    /// <summary>When so many bytes are there, a stop is asked for.</summary>
    public long? StopsAt { get; init; }

    /// <summary>Downloads the file.</summary>
    public async Task GetAsync(LoopbackServer server, long mostBytes = 1000, string? sha256 = Sha256)
    {
        using var handler = CreateHandler();
        using var client = new HttpClient(handler);
        var download = new FileDownload(new HttpSource(client, Time), Time, this);
        await download.RunAsync(new RemoteFile(server["file"], mostBytes, sha256), FilePath, _stop.Token);
    }

    /// <summary>Downloads the file, which must fail.</summary>
    public async Task<string> FailAsync(LoopbackServer server, long mostBytes = 1000, string? sha256 = Sha256)
    {
        string message = (await Assert.ThrowsAsync<UnavailableException>(() => GetAsync(server, mostBytes, sha256))).Message;
        Assert.StartsWith($"{server["file"]}: ", message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(FilePath));
        return message;
    }

    /// <summary>Downloads a data set.</summary>
    public async Task<bool> GetAsync(DataSet dataSet, string folder)
    {
        using var handler = CreateHandler();
        using var download = new DataSetDownload(handler, Time, this);
        return await download.GetAsync(dataSet, folder, _stop.Token);
    }

    /// <summary>The file has come, and nothing is beside it.</summary>
    public void AssertWhole()
    {
        Assert.Equal(File, System.IO.File.ReadAllBytes(FilePath));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(Folder));
    }

    public void Received(RemoteFile file, long bytes, long? total)
    {
        if (bytes == StallsAt && Retries.Count == 0)
            Time.IsStalled = true;
        if (bytes == StopsAt)
            _stop.Cancel();
    }

    public void Retrying(string problem, TimeSpan pause)
    {
        Time.IsStalled = false;
        Retries.Add(problem);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    private static SocketsHttpHandler CreateHandler()
    {
        var handler = DataSetDownload.CreateHandler();
        handler.UseProxy = false;
        return handler;
    }
}
