using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ModularNetworks.Serving;

/// <summary>The page to try the models in a browser: one file, of which only its own script and style run.</summary>
internal static class TryPage
{
    private static readonly byte[] Content = Read();

    private static readonly string Policy =
        $"default-src 'none'; script-src {HashOf("script")}; style-src {HashOf("style")}; img-src blob: data:; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Sends the page.</summary>
    public static Task SendAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return Answers.SendAsync(context, "text/html; charset=utf-8", Content);
    }

    private static byte[] Read()
    {
        using var stream = typeof(TryPage).Assembly.GetManifestResourceStream("try.html")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The hash by which a policy names the content of the page's only element of a name.</summary>
    private static string HashOf(string element)
    {
        string page = Encoding.UTF8.GetString(Content), opening = $"<{element}>";
        int start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        int end = page.IndexOf($"</{element}>", start, StringComparison.Ordinal);
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page[start..end])))}'";
    }
}
