using Microsoft.AspNetCore.Http;

namespace ModularNetworks.Board;

/// <summary>Sends answers piece by piece: a client that does not read makes the board keep one piece for it, not the whole answer.</summary>
internal static class PatientWriter
{
    /// <summary>The bytes of a piece.</summary>
    public const int PieceBytes = 1 << 14;

    /// <summary>Writes the next bytes of an answer, as fast as the client takes them.</summary>
    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        for (int start = 0; start < bytes.Length; start += PieceBytes)
            await response.Body.WriteAsync(bytes.Slice(start, Math.Min(PieceBytes, bytes.Length - start)), stop);
    }
}
