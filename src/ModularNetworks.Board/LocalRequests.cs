using Microsoft.AspNetCore.Http;

namespace ModularNetworks.Board;

/// <summary>Lets requests pass that a browser on this machine makes for the board's own page, and no others.</summary>
internal static class LocalRequests
{
    // Plot puts a style element into its drawings.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    // Another name could be one that a foreign page's host gave this machine's address (DNS rebinding).
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Checks a request before all else.</summary>
    public static Task Check(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (!Hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "The board answers to localhost only.");
        string method = context.Request.Method;
        // Methods are told apart by case (RFC 9110, 9.1); a server that answers "HeAD" would owe it a body.
        if (method != HttpMethods.Get && method != HttpMethods.Head)
            return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "The board is read only: GET and HEAD.");
        return next(context);
    }

    /// <summary>Refuses a request with one line that gives the reason.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(line + "\n");
    }
}
