using System.Globalization;
using System.Text;
using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>
/// What a server answers to a download that goes on: the first answer is cut short, the input is the second one, and all later
/// ones are whole.
/// </summary>
internal sealed class DownloadTarget : FuzzTarget, IDownloadObserver
{
    private const string Folder = "data";
    private const int Half = 500;

    private static readonly byte[] File = [.. Enumerable.Range(0, 2 * Half).Select(i => (byte)i)];
    private static readonly string Sha256 = "a8af099bf2e878609558dbf69d8f88f4a31040a8cf84b549a0cfa912f12ffc3f";

    private static readonly string[] Lines =
    [
        "HTTP/1.1 200 OK", "HTTP/1.1 206 Partial Content", "HTTP/1.1 416 No", "HTTP/1.1 302 Found", "HTTP/1.1 304 Same", "HTTP/1.1 503 Busy", "HTTP/1.1 100 Continue", "HTTP/9.9 999 ?",
        "Content-Length: 500", "Content-Length: 1000", "Content-Length: 0", "Content-Length: -1", "Content-Length: 99999999999999", "Content-Range: bytes 500-999/1000",
        "Content-Range: bytes 0-999/1000", "Content-Range: bytes */1000", "Content-Range: bytes 500-*/99999999999999999999", "ETag: \"one\"", "ETag: W/\"one\"", "ETag: \"two\"", "ETag: one",
        "Last-Modified: never", "Location: /other", "Location: file:///etc/passwd", "Location: http://[", "Location: ", "Location: //", "Transfer-Encoding: chunked", "Content-Encoding: gzip",
    ];

    private readonly SkippedTime _time = new();

    public override string Name => "download";

    public override long MostBytes => 4 * Megabyte;

    public override bool MayWrite => true;

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        Bytes(Reply.Rest(File, Half)), Bytes(Reply.Whole(File)), Bytes(Reply.Whole(File, Half)), Bytes(Reply.Redirect("http://localhost/other")),
        Bytes(Reply.Status("503 Busy")), Bytes(new Reply("HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */1000\nContent-Length: 0", [])),
        [.. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"u8],
    ];

    public override byte[] Make(Draws draws)
    {
        if (draws.OneIn(2))
            return Mutation.Of(draws, Samples);
        string[] lines = [.. Enumerable.Range(0, 1 + draws.Below(6)).Select(n => draws.OneOf(n == 0 ? Lines[..8] : Lines))];
        byte[] body = draws.OneOf([File, File[Half..], [], draws.Bytes(2000)]);
        return [.. Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), .. body];
    }

    public override bool Read(byte[] input) => Accepts(() => Download(input)) && IsWhole();

    public void Received(RemoteFile file, long bytes, long? total)
    {
    }

    public void Retrying(string problem, TimeSpan pause)
    {
    }

    private void Download(byte[] input)
    {
        var answers = new Queue<byte[]>([Bytes(Reply.Whole(File, Half)), input]);
        using var handler = DataSetDownload.CreateHandler();
        handler.UseProxy = false;
        handler.ConnectCallback = (_, _) => new ValueTask<Stream>(new AnswerStream(answers.TryDequeue(out byte[]? next) ? next : Bytes(Reply.Whole(File))));
        using var client = new HttpClient(handler);
        var download = new FileDownload(new HttpSource(client, _time), _time, this);
        var file = new RemoteFile(new Uri("http://localhost/file"), File.Length, Sha256);
        try
        {
            download.RunAsync(file, Sandbox[$"{Folder}/file"], CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (UnavailableException refusal)
        {
            throw new DataException(refusal.Message, refusal);
        }
    }

    private bool IsWhole() => System.IO.File.ReadAllBytes(Sandbox[$"{Folder}/file"]).SequenceEqual(File)
        ? true
        : throw new FuzzFailureException(string.Create(CultureInfo.InvariantCulture, $"the file is not the one of {File.Length} bytes"));

    private static byte[] Bytes(Reply reply) => [.. reply.HeadBytes, .. reply.Body];
}
