using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModularNetworks.Experiments;

/// <summary>The table: everything that the finished runs in its folder came to.</summary>
/// <param name="Origin">Where the numbers come from.</param>
/// <param name="Rows">The rows that have finished runs, in the paper's order.</param>
public sealed record Table1Report(Table1Origin Origin, IReadOnlyList<RowResult> Rows)
{
    /// <summary>The file for programs.</summary>
    public const string JsonFile = "table1.json";

    /// <summary>The file for readers.</summary>
    public const string MarkdownFile = "table1.md";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // So that a command stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads what the runs in a folder came to.</summary>
    /// <exception cref="RunException">A file of a run is damaged.</exception>
    public static Table1Report Read(Table1Folder folder, Table1Origin origin)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var rows = folder.Existing()
            .Select(run => (run.Row, Result: folder.ResultOf(run)))
            .Where(run => run.Result is not null)
            .GroupBy(run => run.Row, run => run.Result!);
        return new Table1Report(origin, [.. rows.Select(row => RowResult.Of(row.Key, [.. row]))]);
    }

    /// <summary>Writes the table's files, each as a whole.</summary>
    /// <param name="path">The folder.</param>
    public void Write(string path)
    {
        WholeFile.Write(Path.Combine(path, JsonFile), ToJson());
        WholeFile.Write(Path.Combine(path, MarkdownFile), Table1Markdown.Of(this));
    }

    /// <summary>The table for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
