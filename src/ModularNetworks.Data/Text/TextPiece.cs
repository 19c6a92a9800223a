using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>A piece of a text file, from the beginning of a character to the end of one.</summary>
/// <param name="Path">The file.</param>
/// <param name="Start">The place of its first byte.</param>
/// <param name="Length">The number of its bytes.</param>
/// <param name="EndsFile">Whether the file ends with it.</param>
internal sealed record TextPiece(string Path, long Start, long Length, bool EndsFile)
{
    /// <summary>The largest file, in bytes.</summary>
    public const long MostBytes = 64L << 30;

    /// <summary>The line that it begins in, from 1.</summary>
    public long FirstLine { get; init; } = 1;

    /// <summary>The number of its characters, as they are read: CR LF is one.</summary>
    public long Characters { get; init; }

    /// <summary>The checksum of its bytes.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>Opens it for reading.</summary>
    /// <param name="stage">Is told how many bytes are read; null if nobody is.</param>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public Stream Open(DataStage? stage = null)
    {
        try
        {
            return new TextPieceStream(RegularFile.Open(Path, MostBytes), Start, Length, stage);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{Path}: cannot be read: {cause.Message}", cause);
        }
    }
}
