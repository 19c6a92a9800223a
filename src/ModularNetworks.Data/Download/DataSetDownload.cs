using System.Diagnostics.CodeAnalysis;

namespace ModularNetworks.Data;

/// <summary>Downloads data sets from their official addresses.</summary>
/// <remarks>
/// Files come into a folder of their own, <c>NAME.part</c>, and move to <c>NAME</c> when all of them are there and as
/// expected. A call that is stopped or breaks off leaves what has come, and the next one goes on with it.
/// </remarks>
public sealed class DataSetDownload : IDisposable
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client;
    private readonly FileDownload _download;

    /// <summary>Prepares downloads.</summary>
    /// <param name="handler">Sends requests, and must not follow redirects; usually of <see cref="CreateHandler"/>.</param>
    /// <param name="time">Measures how long nothing comes, and makes the pauses before trials.</param>
    /// <param name="observer">Is told how downloads go.</param>
    public DataSetDownload(HttpMessageHandler handler, TimeProvider time, IDownloadObserver observer)
    {
        // The time for a whole file has no bound; what is bounded is how long nothing comes.
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _download = new FileDownload(new HttpSource(_client, time), time, observer);
    }

    /// <summary>Creates the handler that sends requests over the network.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller gives it to a download, which ends it.")]
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = LongestConnect,
        MaxResponseDrainSize = 0,
        UseCookies = false,
    };

    /// <summary>Downloads a data set, unless it is there already.</summary>
    /// <param name="dataSet">The data set.</param>
    /// <param name="folder">The folder of the data set, from which readers read it afterwards.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <returns>Whether the data set was downloaded; false if it was there and whole.</returns>
    /// <exception cref="DataException">The data set cannot be downloaded or written, or is not the published one.</exception>
    /// <exception cref="OperationCanceledException">The download was stopped.</exception>
    public async Task<bool> GetAsync(DataSet dataSet, string folder, CancellationToken stop)
    {
        if (Directory.Exists(folder) && ProblemIn(dataSet, folder) is null)
            return false;
        RequireNoOtherFiles(dataSet, folder);
        string parts = folder + ".part";
        foreach (var file in dataSet.Downloads)
        {
            string path = Path.Join(parts, file.Name);
            if (!File.Exists(path))
                await _download.RunAsync(file, path, stop).ConfigureAwait(false);
        }
        if (ProblemIn(dataSet, parts) is { } problem)
        {
            Directory.Delete(parts, recursive: true);
            throw new DataException($"{dataSet.Source}: what came is not the data set '{dataSet.Name}' and was deleted: {problem}");
        }
        Directory.CreateDirectory(folder);
        foreach (var file in dataSet.Downloads)
            File.Move(Path.Join(parts, file.Name), Path.Join(folder, file.Name), overwrite: true);
        Directory.Delete(parts, recursive: true);
        return true;
    }

    /// <summary>Ends the connections.</summary>
    public void Dispose() => _client.Dispose();

    private static string? ProblemIn(DataSet dataSet, string folder)
    {
        try
        {
            return DataSets.Verify(dataSet, folder) is [var problem, ..] ? problem : null;
        }
        catch (DataException unreadable)
        {
            return unreadable.Message;
        }
    }

    // Readers prefer loose files to an archive beside them, so that a whole archive would not help against damaged files.
    private static void RequireNoOtherFiles(DataSet dataSet, string folder)
    {
        var files = Directory.Exists(folder) ? DataFiles.InFolder(folder, dataSet) : null;
        bool areLoose = files is not null && dataSet.Files.All(files.Has);
        if (areLoose && dataSet.Downloads.Any(file => Archive.HasArchiveName(file.Name)))
        {
            throw new DataException(
                $"{folder}: holds files that are not as 'modnet data verify {dataSet.Name}' expects, and that would be read "
                + "instead of the archive. Move them away, or download to another folder.");
        }
    }
}
