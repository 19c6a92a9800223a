using System.Text;

namespace ModularNetworks.Experiments;

/// <summary>
/// A datapoint as the report shows it. Its kind says who draws it there: a text, an image, a row of a table, or a drawing of one's own, which can show
/// anything.
/// </summary>
public sealed record ShownDatapoint
{
    /// <summary>The kind: <c>text</c>, <c>image</c>, <c>row</c> or <c>drawing</c>. The report shows the label of any other.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is, in words; null if it has none.</summary>
    public string? Label { get; init; }

    /// <summary>The place of a text; null for other kinds.</summary>
    public Quotation? Place { get; init; }

    /// <summary>The picture of an image or a drawing as a data URL; null for other kinds.</summary>
    public string? Picture { get; init; }

    /// <summary>The cells of a row; null for other kinds.</summary>
    public IReadOnlyList<ShownCell>? Cells { get; init; }

    /// <summary>A place of a text.</summary>
    /// <param name="place">The place, with what is before and after it.</param>
    public static ShownDatapoint OfText(Quotation place) => new() { Kind = "text", Place = place };

    /// <summary>An image, which the report shows with 48 x 48 pixels.</summary>
    /// <param name="label">What it is, in words.</param>
    /// <param name="png">The bytes of a PNG file, best a small one.</param>
    public static ShownDatapoint OfImage(string label, ReadOnlySpan<byte> png) =>
        new() { Kind = "image", Label = label, Picture = $"data:image/png;base64,{Convert.ToBase64String(png)}" };

    /// <summary>Some cells of a row of a table.</summary>
    /// <param name="label">What it is, in words; null if it has none.</param>
    /// <param name="cells">The columns with their values as text.</param>
    public static ShownDatapoint OfRow(string? label, params IReadOnlyList<ShownCell> cells) => new() { Kind = "row", Label = label, Cells = cells };

    /// <summary>A drawing of one's own, for data of any other kind.</summary>
    /// <param name="label">What it is, in words: it stands for the drawing where it cannot be seen.</param>
    /// <param name="svg">An SVG file of a small size, dark on white. The report shows it as a picture: scripts in it do not run.</param>
    /// <exception cref="ArgumentException">The text is no SVG file.</exception>
    public static ShownDatapoint OfDrawing(string label, string svg)
    {
        ArgumentNullException.ThrowIfNull(svg);
        if (!svg.AsSpan().TrimStart().StartsWith("<svg") || !svg.Contains("xmlns=\"http://www.w3.org/2000/svg\"", StringComparison.Ordinal))
            throw new ArgumentException("ShownDatapoint: a drawing begins with <svg xmlns=\"http://www.w3.org/2000/svg\" and its size; another text was given.", nameof(svg));
        return new() { Kind = "drawing", Label = label, Picture = $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}" };
    }
}

/// <summary>A cell of a row.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Value">The value as text.</param>
public sealed record ShownCell(string Column, string Value);
