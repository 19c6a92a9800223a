using System.Net;
using System.Net.Http.Headers;

namespace ModularNetworks.Data;

/// <summary>Asks servers for files, over redirects, without waiting for ever.</summary>
/// <param name="client">Sends requests; must not follow redirects itself.</param>
/// <param name="time">Measures how long nothing comes.</param>
internal sealed class HttpSource(HttpClient client, TimeProvider time)
{
    /// <summary>The longest wait for an answer, and then for each next byte.</summary>
    public static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(30);

    private const int MostRedirects = 5;

    /// <summary>Asks for a file.</summary>
    /// <param name="address">The file's address.</param>
    /// <param name="from">The byte to begin with.</param>
    /// <param name="tag">The version of which the bytes before are; null if the file is wanted from its start.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <returns>The answer: 200, 206 or 416.</returns>
    /// <exception cref="UnavailableException">The file cannot be had there.</exception>
    /// <exception cref="BrokenTransferException">It could not be had this time.</exception>
    public async Task<HttpResponseMessage> AskAsync(Uri address, long from, string? tag, CancellationToken stop)
    {
        var target = address;
        for (int redirects = 0; ; redirects++)
        {
            var response = await SendAsync(address, target, from, tag, stop).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent
                or HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return response;
            }
            using (response)
            {
                if (!IsRedirect(response.StatusCode))
                    throw Refusal(address, response.StatusCode);
                if (redirects == MostRedirects)
                    throw new UnavailableException(address, $"redirects more than {MostRedirects} times");
                target = Next(address, target, response.Headers.Location);
            }
        }
    }

    /// <summary>Reads the next bytes of a body.</summary>
    /// <returns>The number of bytes read; 0 at the end.</returns>
    /// <exception cref="BrokenTransferException">The connection broke, or nothing came for too long.</exception>
    public async Task<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken stop)
    {
        using var stall = new CancellationTokenSource(LongestStall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, stop);
        try
        {
            return await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cause) when (!stop.IsCancellationRequested)
        {
            throw new BrokenTransferException($"sent nothing for {LongestStall.TotalSeconds} s", cause);
        }
        catch (Exception cause) when (cause is IOException or HttpRequestException)
        {
            throw new BrokenTransferException($"broke off: {cause.Message}", cause);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        Uri address, Uri target, long from, string? tag, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("modnet", null));
        if (tag is not null)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.TryAddWithoutValidation("If-Range", tag);
        }
        using var stall = new CancellationTokenSource(LongestStall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, stop);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException cause) when (!stop.IsCancellationRequested)
        {
            throw new BrokenTransferException("did not answer in time", cause);
        }
        catch (HttpRequestException cause) when (MayPass(cause.HttpRequestError))
        {
            throw new BrokenTransferException($"broke off: {cause.Message}", cause);
        }
        catch (HttpRequestException cause)
        {
            throw new UnavailableException(address, $"cannot be reached: {(cause.InnerException ?? cause).Message}", cause);
        }
    }

    private static bool MayPass(HttpRequestError error) =>
        error is HttpRequestError.Unknown or HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse;

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static Exception Refusal(Uri address, HttpStatusCode status)
    {
        string problem = $"answers {(int)status} {status}";
        bool mayPass = (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        return mayPass ? new BrokenTransferException(problem) : new UnavailableException(address, problem);
    }

    private static Uri Next(Uri address, Uri target, Uri? location)
    {
        if (location is null)
            throw new UnavailableException(address, "redirects to nowhere");
        if (!Uri.TryCreate(target, location, out var next))
            throw new UnavailableException(address, $"redirects to {location.OriginalString}, which is no address");
        bool allowed = next.Scheme == Uri.UriSchemeHttps
            || (next.Scheme == Uri.UriSchemeHttp && target.Scheme == Uri.UriSchemeHttp);
        return allowed ? next : throw new UnavailableException(
            address, $"redirects to {next}; followed are https, and http from http");
    }
}
