using System.Text;
using Microsoft.AspNetCore.Http;

namespace ModularNetworks.Serving;

/// <summary>Sends a text piece by piece while it is made: as server-sent events to who accepts them, else as plain text.</summary>
internal static class TextStream
{
    private const string Events = "text/event-stream";

    /// <summary>Sends a text. It ends when the client goes.</summary>
    /// <param name="context">The request.</param>
    /// <param name="pieces">Makes the pieces; some are empty.</param>
    /// <param name="metrics">Counts the pieces.</param>
    /// <returns>The number of pieces.</returns>
    public static async Task<int> WriteAsync(HttpContext context, IEnumerable<string> pieces, ServingMetrics metrics)
    {
        bool isEvents = context.Request.Headers.Accept.ToString().Contains(Events, StringComparison.OrdinalIgnoreCase);
        context.Response.ContentType = isEvents ? Events : "text/plain; charset=utf-8";
        int count = 0;
        try
        {
            foreach (string piece in pieces)
            {
                count++;
                metrics.NoteToken();
                if (piece.Length > 0)
                    await SendAsync(context, isEvents ? Event(piece) : Encoding.UTF8.GetBytes(piece));
                context.RequestAborted.ThrowIfCancellationRequested();
            }
        }
        catch (NonFiniteLossException problem)
        {
            await FailAsync(context, isEvents, problem.Message);
            return count;
        }
        if (isEvents)
            await SendAsync(context, "event: done\ndata: {}\n\n"u8.ToArray());
        return count;
    }

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static Task FailAsync(HttpContext context, bool isEvents, string problem)
    {
        if (!context.Response.HasStarted)
            throw new RequestException(StatusCodes.Status422UnprocessableEntity, problem);
        if (isEvents)
            return SendAsync(context, Encoding.UTF8.GetBytes($"event: error\ndata: {Encoding.UTF8.GetString(Data("detail", problem).Span)}\n\n"));
        // A text that ends early must not look whole.
        context.Abort();
        return Task.CompletedTask;
    }

    private static byte[] Event(string piece) => [.. "data: "u8, .. Data("text", piece).Span, .. "\n\n"u8];

    // JSON has no line end in it, which would end the event.
    private static ReadOnlyMemory<byte> Data(string name, string text) => Answers.Made(json =>
    {
        json.WriteStartObject();
        json.WriteString(name, text);
        json.WriteEndObject();
    });
}
