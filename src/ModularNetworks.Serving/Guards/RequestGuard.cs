using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ModularNetworks.Serving;

/// <summary>Lets requests pass that may ask, and no others: from this machine, or with the key; and never for a page of another site.</summary>
internal sealed class RequestGuard
{
    // Without a key, another name could be one that a foreign page's host gave this machine's address (DNS rebinding).
    private static readonly string[] LocalHosts = ["localhost", "127.0.0.1", "[::1]"];

    // What a browser opens, and what tells whether the server lives, need no key: they hold nothing.
    private static readonly string[] OpenPaths = ["/", "/health"];

    private readonly byte[]? _keyHash;

    /// <summary>Guards a server.</summary>
    /// <param name="apiKey">The key that requests must show; null for none.</param>
    public RequestGuard(string? apiKey) => _keyHash = apiKey is null ? null : HashOf(apiKey);

    /// <summary>Checks a request before all else.</summary>
    public Task Check(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (_keyHash is null && !LocalHosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return Answers.WriteProblemAsync(context, StatusCodes.Status403Forbidden, "this server answers to localhost only.");
        if (IsOfOtherSite(context.Request))
            return Answers.WriteProblemAsync(context, StatusCodes.Status403Forbidden, "this server does not answer to pages of other sites.");
        if (_keyHash is not null && !OpenPaths.Contains(context.Request.Path.Value) && !HasKey(context.Request))
        {
            headers.WWWAuthenticate = "Bearer";
            return Answers.WriteProblemAsync(context, StatusCodes.Status401Unauthorized, "the API key is missing or wrong; send it as 'Authorization: Bearer KEY'.");
        }
        return next(context);
    }

    /// <summary>Whether a browser sends the request for a page of another site. Links to the page may stand anywhere.</summary>
    private static bool IsOfOtherSite(HttpRequest request)
    {
        if (request.Headers.Origin is { Count: > 0 } origin && !IsOwn(origin, request))
            return true;
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        bool isLink = HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate";
        return site is "cross-site" or "same-site" && !isLink;
    }

    // The scheme may be that of a proxy in front.
    private static bool IsOwn(StringValues origin, HttpRequest request) =>
        origin.Count == 1 && origin[0] is { } only && only.EndsWith($"://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);

    private bool HasKey(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        string given = request.Headers.Authorization.ToString();
        // Hashes are of one length, and compared in a time that does not depend on where they differ.
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(HashOf(given[Scheme.Length..].Trim()), _keyHash);
    }

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
