using System.Text;

namespace ModularNetworks.Data.Tests;

/// <summary>The reply of a server to a request.</summary>
/// <param name="Head">The status and the headers, a line each.</param>
/// <param name="Body">The bytes that follow, whatever the headers say.</param>
/// <param name="End">What comes then.</param>
internal sealed record Reply(string Head, byte[] Body, ReplyEnd End = ReplyEnd.Close)
{
    public byte[] HeadBytes => Encoding.ASCII.GetBytes(Head.ReplaceLineEndings("\r\n") + "\r\n\r\n");

    public static Reply Status(string status) => new($"HTTP/1.1 {status}\nContent-Length: 0", []);

    public static Reply Redirect(string location) => new($"HTTP/1.1 302 Found\nLocation: {location}\nContent-Length: 0", []);

    /// <summary>A whole file, of which only some bytes may be sent.</summary>
    public static Reply Whole(byte[] file, int sent, string headers = "ETag: \"one\"", ReplyEnd end = ReplyEnd.Close) =>
        new($"HTTP/1.1 200 OK\nContent-Length: {file.Length}\n{headers}", file[..sent], end);

    /// <summary>A whole file.</summary>
    public static Reply Whole(byte[] file) => Whole(file, file.Length);

    /// <summary>The rest of a file.</summary>
    public static Reply Rest(byte[] file, int from) => new(
        $"HTTP/1.1 206 Partial Content\nContent-Length: {file.Length - from}\n"
        + $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}\nETag: \"one\"",
        file[from..]);
}
