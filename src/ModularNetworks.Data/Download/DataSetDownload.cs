using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ModularNetworks.Engine;

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
    /// <remarks>
    /// A file that lies in the folder already, because it was got in another way, is used if it has the published checksum.
    /// </remarks>
    /// <exception cref="DataException">The data set cannot be downloaded or written, or is not the published one.</exception>
    /// <exception cref="OperationCanceledException">The download was stopped.</exception>
    public async Task<bool> GetAsync(DataSet dataSet, string folder, CancellationToken stop)
    {
        bool areLoose = Directory.Exists(folder) && AreLoose(dataSet, folder);
        if (Directory.Exists(folder) && (areLoose || !dataSet.IsUnpacked) && ProblemIn(dataSet, folder) is null)
            return false;
        if (areLoose && !dataSet.IsUnpacked)
            RequireNoArchive(dataSet, folder);
        string parts = folder + ".part";
        foreach (var file in dataSet.Downloads.Where(file => !File.Exists(Path.Join(parts, file.Name)) && !IsWhole(Path.Join(folder, file.Name), file)))
            await GetAsync(file, folder, parts, stop).ConfigureAwait(false);
        TakeGiven(dataSet, folder, parts);
        if (ProblemIn(dataSet, parts) is { } problem)
        {
            Directory.Delete(parts, recursive: true);
            throw new DataException($"{dataSet.Source}: what came is not the data set '{dataSet.Name}' and was deleted: {problem}");
        }
        foreach (var file in dataSet.Downloads.Where(_ => dataSet.IsUnpacked))
            Unpack(Path.Join(parts, file.Name), dataSet);
        Directory.CreateDirectory(folder);
        foreach (string path in Directory.GetFiles(parts))
            File.Move(path, Path.Join(folder, Path.GetFileName(path)), overwrite: true);
        Directory.Delete(parts, recursive: true);
        return true;
    }

    /// <summary>Ends the connections.</summary>
    public void Dispose() => _client.Dispose();

    private async Task GetAsync(RemoteFile file, string folder, string parts, CancellationToken stop)
    {
        try
        {
            await _download.RunAsync(file, Path.Join(parts, file.Name), stop).ConfigureAwait(false);
        }
        catch (UnavailableException cause)
        {
            if (!Directory.EnumerateFileSystemEntries(parts).Any())
                Directory.Delete(parts);
            throw new DataException(
                $"{cause.Message} Try again later; or get {file.Name} in another way, put it into {folder}, and give the same command, "
                + "which checks it.", cause);
        }
    }

    private static bool IsWhole(string path, RemoteFile file)
    {
        if (file.Sha256 is not { } sha256 || !File.Exists(path))
            return false;
        try
        {
            using var bytes = RegularFile.Open(path, file.MostBytes);
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // When nothing is left to be downloaded: until then, files stay where the user put them.
    private static void TakeGiven(DataSet dataSet, string folder, string parts)
    {
        Directory.CreateDirectory(parts);
        foreach (string name in dataSet.Downloads.Select(file => file.Name).Where(name => !File.Exists(Path.Join(parts, name))))
            File.Move(Path.Join(folder, name), Path.Join(parts, name));
    }

    // A file gets its name when it is whole.
    private static void Unpack(string archive, DataSet dataSet)
    {
        foreach (var (name, bytes) in Archive.Read(archive, dataSet))
        {
            string path = Path.Join(Path.GetDirectoryName(archive), name);
            File.WriteAllBytes(path + ".unpacking", bytes);
            File.Move(path + ".unpacking", path, overwrite: true);
        }
    }

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

    private static bool AreLoose(DataSet dataSet, string folder) => dataSet.Files.All(DataFiles.InFolder(folder, dataSet).Has);

    // Readers prefer loose files to an archive beside them, so that a whole archive would not help against damaged files.
    private static void RequireNoArchive(DataSet dataSet, string folder)
    {
        if (dataSet.Downloads.Any(file => Archive.HasArchiveName(file.Name)))
        {
            throw new DataException(
                $"{folder}: holds files that are not as 'modnet data verify {dataSet.Name}' expects, and that would be read "
                + "instead of the archive. Move them away, or download to another folder.");
        }
    }
}
