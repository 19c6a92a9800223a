namespace ModularNetworks.Data;

/// <summary>Is told how a download goes.</summary>
public interface IDownloadObserver
{
    /// <summary>Bytes have come.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">How many of its bytes are there, those of former calls among them.</param>
    /// <param name="total">How many it has, as the server says; null if it does not say.</param>
    void Received(RemoteFile file, long bytes, long? total);

    /// <summary>Something went wrong and is tried again.</summary>
    /// <param name="problem">What went wrong, in one line.</param>
    /// <param name="pause">How long is waited before.</param>
    void Retrying(string problem, TimeSpan pause);
}
