using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The table: the results of the finished runs in its folder.</summary>
/// <param name="Origin">Where the numbers come from.</param>
/// <param name="Rows">The rows that have finished runs, in the paper's order.</param>
[CompiledJson(typeof(Table1ReportTypes))]
public sealed record Table1Report(Origin Origin, IReadOnlyList<RowResult> Rows)
{
    /// <summary>The file for programs.</summary>
    public const string JsonFile = RunGroup.Table1;

    /// <summary>The file for readers.</summary>
    public const string MarkdownFile = "table1.md";

    /// <summary>Reads the results of the runs in a folder.</summary>
    /// <exception cref="RunException">A file of a run is damaged.</exception>
    public static Table1Report Read(Table1Folder folder, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new Table1Report(origin, [.. folder.FinishedBySeries().Select(row => RowResult.Of(row.Series, row.Results))]);
    }

    /// <summary>Writes the table's files, each as a whole.</summary>
    /// <param name="disk">Writes the files.</param>
    /// <param name="path">The folder.</param>
    public void Write(IDisk disk, string path) => ReportFiles.Write(
        disk, Path.Combine(path, JsonFile), this, Path.Combine(path, MarkdownFile), Table1Markdown.Of(this));
}

/// <summary>The report, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(Table1Report))]
internal sealed partial class Table1ReportTypes : JsonSerializerContext;
