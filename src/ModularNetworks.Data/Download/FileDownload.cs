using System.Net;
using System.Net.Http.Headers;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Downloads a file: goes on where an earlier call broke off, and repeats requests that may succeed later.</summary>
/// <param name="source">Asks for the file.</param>
/// <param name="time">Makes the pauses before trials.</param>
/// <param name="observer">The observer of the download.</param>
internal sealed class FileDownload(HttpSource source, TimeProvider time, IDownloadObserver observer)
{
    private const int BufferSize = 1 << 16;

    // Before the second trial and each later one.
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    /// <summary>Downloads a file.</summary>
    /// <param name="file">The file's address, size and checksum.</param>
    /// <param name="path">The path of the whole file.</param>
    /// <param name="stop">Asks for a stop; what has come stays for another call.</param>
    /// <exception cref="UnavailableException">It cannot be had, or is another than the published one.</exception>
    /// <exception cref="DataException">It cannot be written.</exception>
    public async Task RunAsync(RemoteFile file, string path, CancellationToken stop)
    {
        using var part = PartialFile.Open(path);
        for (int trial = 0; ; trial++)
        {
            try
            {
                await TransferAsync(file, part, stop).ConfigureAwait(false);
                break;
            }
            catch (BrokenTransferException problem)
            {
                if (trial == Pauses.Length)
                {
                    throw new UnavailableException(
                        file.Address, $"{problem.Message.TrimEnd('.')} (tried {Pauses.Length + 1} times)", problem);
                }
                observer.Retrying($"{file.Address}: {problem.Message}", Pauses[trial]);
                await Task.Delay(Pauses[trial], time, stop).ConfigureAwait(false);
            }
        }
        if (file.Sha256 is { } expected && part.Sha256() is var found && found != expected)
        {
            part.Delete();
            throw new UnavailableException(
                file.Address, $"what came has the SHA-256 checksum {found}; {expected} is expected; it was deleted");
        }
        part.Complete();
    }

    private async Task TransferAsync(RemoteFile file, PartialFile part, CancellationToken stop)
    {
        string? tag = part.Tag;
        using var response = await source.AskAsync(file.Address, part.Length, tag, stop).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // A former call was ended between the last byte and the file's name.
            if (tag is not null && response.Content.Headers.ContentRange?.Length == part.Length)
                return;
            part.Restart(null);
            throw new BrokenTransferException("has fewer bytes than came before");
        }
        if (response.StatusCode == HttpStatusCode.PartialContent)
            CheckRange(response.Content.Headers.ContentRange, tag, part);
        else
            part.Restart(TagOf(response));
        await AppendAsync(file, part, response.Content, stop).ConfigureAwait(false);
    }

    private async Task AppendAsync(RemoteFile file, PartialFile part, HttpContent content, CancellationToken stop)
    {
        long? total = part.Length + content.Headers.ContentLength;
        if (total > file.MostBytes)
            throw TooLarge(file, part, $"says that it has {Counted.Of(total ?? 0, "byte")}");
        observer.Received(file, part.Length, total);
        using var body = await content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        var buffer = new byte[BufferSize];
        while (await source.ReadAsync(body, buffer, stop).ConfigureAwait(false) is > 0 and var count)
        {
            if (part.Length + count > file.MostBytes)
                throw TooLarge(file, part, $"sends more than {file.MostBytes} bytes");
            part.Append(buffer.AsMemory(0, count));
            observer.Received(file, part.Length, total);
        }
    }

    private static void CheckRange(ContentRangeHeaderValue? range, string? tag, PartialFile part)
    {
        if (tag is not null && range?.Unit == "bytes" && range.From == part.Length)
            return;
        part.Restart(null);
        throw new BrokenTransferException("sent another part than was asked for");
    }

    // A weak ETag does not promise equal bytes.
    private static string? TagOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag
            ? tag.Tag
            : response.Content.Headers.LastModified?.ToString("r");

    private static UnavailableException TooLarge(RemoteFile file, PartialFile part, string problem)
    {
        part.Delete();
        return new UnavailableException(file.Address, $"{problem}; at most {file.MostBytes} are expected; what came was deleted");
    }
}
