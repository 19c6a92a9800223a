namespace ModularNetworks.Data;

/// <summary>An observer that is told of the progress of downloads.</summary>
public interface IDownloadObserver
{
    /// <summary>Reports that bytes have come.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">The number of the file's bytes that are there, those of earlier calls included.</param>
    /// <param name="total">The file's size in bytes as the server states it; null if the server does not.</param>
    void Received(RemoteFile file, long bytes, long? total);

    /// <summary>Reports that a trial failed and that another will follow.</summary>
    /// <param name="problem">The problem, in one line.</param>
    /// <param name="pause">The pause before the next trial.</param>
    void Retrying(string problem, TimeSpan pause);
}
