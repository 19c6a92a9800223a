using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Board;

/// <summary>Answers the requests for the board's pages: the page itself, its data, and its stream of messages.</summary>
/// <param name="catalogue">Finds the runs.</param>
/// <param name="hub">Passes messages on to the open pages.</param>
/// <param name="version">The tool's version.</param>
/// <param name="stop">Ends the streams of messages when the board stops.</param>
internal sealed class BoardPages(RunCatalogue catalogue, EventHub hub, string version, CancellationToken stop)
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    private readonly RunCache _cache = new();

    /// <summary>Maps the addresses of the pages to their answers.</summary>
    public void Map(WebApplication web)
    {
        void Answer(string path, RequestDelegate answer) => web.MapMethods(path, ReadMethods, answer);

        Answer("/", context => SendAsync(context, "text/html", ReportPage.MakeLive(version)));
        Answer("/page.js", context => SendAsync(context, "text/javascript", ReportPage.Script));
        Answer("/page.css", context => SendAsync(context, "text/css", ReportPage.Style));
        Answer("/api/runs", SendListAsync);
        Answer("/api/run", SendRunAsync);
        Answer("/api/events", SendEventsAsync);
    }

    private Task SendListAsync(HttpContext context)
    {
        var runs = catalogue.Find().Select(ListedRun.Read).OfType<ListedRun>();
        return SendAsync(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(runs, ListedRunTypes.Default.IEnumerableListedRun));
    }

    private Task SendRunAsync(HttpContext context)
    {
        string name = context.Request.Query["name"].ToString();
        if (catalogue.Find(name) is not { } run)
            return LocalRequests.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no run of this name.");
        try
        {
            return SendAsync(context, "application/json", _cache.Read(run));
        }
        catch (RunException exception)
        {
            return LocalRequests.RefuseAsync(context, StatusCodes.Status404NotFound, exception.Message);
        }
    }

    private async Task SendEventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop);
        try
        {
            // The page learns at once that it is connected, not with the first message.
            var messages = hub.Join(left.Token);
            await context.Response.Body.FlushAsync(left.Token);
            await foreach (byte[] message in messages.ReadAllAsync(left.Token))
                await PatientWriter.WriteAsync(context.Response, message, left.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the board is.
        }
    }

    private static Task SendAsync(HttpContext context, string type, string content) =>
        SendAsync(context, type, Encoding.UTF8.GetBytes(content));

    private static Task SendAsync(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : PatientWriter.WriteAsync(context.Response, content, context.RequestAborted);
    }
}
