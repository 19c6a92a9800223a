using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ModularNetworks.Serving;

/// <summary>Sends answers: JSON, text, and what is wrong with a request.</summary>
internal static class Answers
{
    // Answers are JSON and never part of a page.
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Sends JSON, when all of it is made.</summary>
    public static Task WriteJsonAsync(HttpContext context, Action<Utf8JsonWriter> write) => SendAsync(context, "application/json", Made(write));

    /// <summary>Sends text.</summary>
    public static Task WriteTextAsync(HttpContext context, string type, string text) => SendAsync(context, $"{type}; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <summary>Says what is wrong with a request in one line of JSON: problem details (RFC 9457).</summary>
    public static Task WriteProblemAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        return SendAsync(context, "application/problem+json", Made(json =>
        {
            json.WriteStartObject();
            json.WriteString("title", Title(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteEndObject();
        }));
    }

    /// <summary>Makes JSON.</summary>
    public static ReadOnlyMemory<byte> Made(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Format))
            write(json);
        return bytes.WrittenMemory;
    }

    /// <summary>Sends bytes; none to who asks for the head of an answer.</summary>
    public static Task SendAsync(HttpContext context, string type, ReadOnlyMemory<byte> content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static string Title(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}
