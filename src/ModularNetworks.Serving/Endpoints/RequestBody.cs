using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace ModularNetworks.Serving;

/// <summary>Reads the bodies of requests, up to a bound.</summary>
internal static class RequestBody
{
    private const int FirstBytes = 4096;

    // A request has three levels; a duplicate property would be read by one program as this and by another as that.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Whether a request says that its body is JSON.</summary>
    public static bool IsJson(HttpRequest request) => MediaType(request).Equals("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Demands that a request says that its body is JSON: pages of other sites cannot send that unasked.</summary>
    /// <exception cref="RequestException">It says something else.</exception>
    public static void RequireJson(HttpRequest request, string expected)
    {
        if (!IsJson(request))
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, $"the body is '{RequestProperties.Quoted(MediaType(request).ToString())}'; {expected} is expected.");
    }

    /// <summary>Whether a request says that its body is a picture, or bytes: pages of other sites cannot send that unasked either.</summary>
    public static bool IsPicture(HttpRequest request) =>
        MediaType(request).StartsWith("image/", StringComparison.OrdinalIgnoreCase) || MediaType(request).Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestException">It is longer than the bound.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int most)
    {
        long? length = context.Request.ContentLength;
        if (length > most)
            throw TooLong(most);
        var body = new ArrayBufferWriter<byte>((int)(length ?? FirstBytes) + 1);
        while (true)
        {
            int read = await context.Request.Body.ReadAsync(body.GetMemory(), context.RequestAborted);
            if (read == 0)
                return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > most)
                throw TooLong(most);
        }
    }

    /// <summary>Reads a body as JSON.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            throw RequestException.Bad("the body is no UTF-8; JSON in UTF-8 is expected.");
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (JsonException problem)
        {
            throw RequestException.Bad($"the body is no JSON that can be read: {OneLine(problem.Message)}");
        }
        catch (InvalidOperationException)
        {
            // Names are compared, and so decoded.
            throw RequestException.Bad("a property's name is no Unicode text: half of a character of two parts stands alone.");
        }
    }

    private static ReadOnlySpan<char> MediaType(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        int end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }

    private static string OneLine(string message) => string.Concat(message.Select(letter => char.IsControl(letter) ? '?' : letter));

    private static RequestException TooLong(int most) =>
        new(StatusCodes.Status413PayloadTooLarge, $"the body is too long; at most {most} bytes are expected. Send several requests.");
}
