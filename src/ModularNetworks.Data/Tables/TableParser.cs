using CsvHelper;

namespace ModularNetworks.Data;

/// <summary>The quoting rules of tables: those of RFC 4180, but a row is a line.</summary>
internal static class TableParser
{
    // Far above what a row of numbers needs; a file without line ends is refused before it fills the memory.
    private const int MostRowBytes = 16 << 20;

    /// <summary>Begins to read a table; the stream stays open.</summary>
    /// <param name="stream">The table.</param>
    /// <param name="delimiter">What stands between columns.</param>
    /// <param name="skipped">Is told of lines in which quotes are misplaced, which are skipped; null if nobody is.</param>
    public static CsvReader Open(Stream stream, char delimiter, Action<CsvMalformedRecord>? skipped = null) =>
        CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            TrimWhitespace = true,
            AllowLineBreaksInQuotes = false,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = skipped,
            MaxRecordSize = MostRowBytes,
            TrackLineNumbers = true,
        }, leaveOpen: true);
}
