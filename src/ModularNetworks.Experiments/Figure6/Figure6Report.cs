using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The figure: the results of the finished runs in its folder.</summary>
/// <param name="Origin">Where the numbers come from.</param>
/// <param name="Curves">The variants that have finished runs.</param>
[CompiledJson(typeof(Figure6ReportTypes))]
public sealed record Figure6Report(Origin Origin, IReadOnlyList<Figure6Curve> Curves)
{
    /// <summary>The file for programs.</summary>
    public const string JsonFile = RunGroup.Figure6;

    /// <summary>The file for readers.</summary>
    public const string MarkdownFile = "figure6.md";

    /// <summary>Reads the results of the runs in a folder.</summary>
    /// <exception cref="RunException">A file of a run is damaged.</exception>
    public static Figure6Report Read(Figure6Folder folder, Origin origin)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var curves = folder.FinishedBySeries();
        return new Figure6Report(
            origin, [.. curves.Select(curve => Figure6Curve.Of(curve.Series, curve.Results, folder.StepsPerEpoch))]);
    }

    /// <summary>Writes the figure's files, each as a whole.</summary>
    /// <param name="disk">Writes the files.</param>
    /// <param name="path">The folder.</param>
    public void Write(IDisk disk, string path) => ReportFiles.Write(
        disk, Path.Combine(path, JsonFile), this, Path.Combine(path, MarkdownFile), Figure6Markdown.Of(this));
}

/// <summary>The report, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(Figure6Report))]
internal sealed partial class Figure6ReportTypes : JsonSerializerContext;
