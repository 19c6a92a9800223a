using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting;

/// <summary>
/// The page that shows runs: one file that needs no network (<c>modnet report</c>), or the frame of a live page
/// (<c>modnet board</c>).
/// </summary>
public static class ReportPage
{
    /// <summary>The script of a live page.</summary>
    /// <exception cref="RunException">The tool was built without the page.</exception>
    public static string Script => PageResources.Read("page.js");

    /// <summary>The style sheet of a live page.</summary>
    /// <exception cref="RunException">The tool was built without the page.</exception>
    public static string Style => PageResources.Read("page.css");

    // The project's icon: without one in the page, browsers ask a server for it.
    private static readonly string Icon = Uri.EscapeDataString(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128"><rect width="128" height="128" rx="24" fill="#14213d"/>
        <path d="M0 64C20 64 20 28 40 28S68 100 88 100 108 64 128 64" fill="none" stroke="#fca311" stroke-width="7"/>
        <path d="M26 50h28v28H26zM26 86h28v28H26zM74 14h28v28H74zM74 50h28v28H74z" fill="#3d5078"/><path d="M26 14h28v28H26zM74 86h28v28H74z" fill="#fca311"/></svg>
        """);

    // With the script a page stays below 5 MB.
    private const int MostData = 4_500_000;

    /// <summary>A report of some runs and comparisons.</summary>
    /// <param name="version">The tool's version.</param>
    /// <param name="day">The day on which the page is made.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="problems">A line for each further folder, which cannot be read.</param>
    /// <param name="withPictures">Whether the pictures of typical images found room.</param>
    /// <returns>A whole HTML file.</returns>
    /// <exception cref="RunException">The tool was built without the page.</exception>
    public static string Make(
        string version,
        DateOnly day,
        IReadOnlyList<RunData> runs,
        IReadOnlyList<ComparisonData> comparisons,
        IReadOnlyList<string> problems,
        out bool withPictures)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(comparisons);
        ArgumentNullException.ThrowIfNull(problems);
        string data = Data(version, day, runs, comparisons, problems, withPictures: true);
        withPictures = data.Length <= MostData;
        if (!withPictures)
            data = Data(version, day, runs, comparisons, problems, withPictures: false);
        string script = Script;
        string hash = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}";
        // Plot puts a style element into its drawings.
        string policy = $"default-src 'none'; script-src '{hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
        return Html(
            $"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<style>{Style}</style>",
            data,
            $"<script>{script}</script>");
    }

    /// <summary>The frame of a live page, which loads <c>/page.js</c> and <c>/page.css</c>.</summary>
    /// <param name="version">The tool's version.</param>
    public static string MakeLive(string version) => Html(
        "<link rel=\"stylesheet\" href=\"/page.css\">",
        Data(version, day: null, runs: [], comparisons: [], problems: [], withPictures: false),
        "<script src=\"/page.js\"></script>");

    private static string Html(string head, string data, string script) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="icon" href="data:image/svg+xml,{Icon}">
        {head}
        <title>Modular networks</title>
        </head>
        <body>
        <noscript>This page draws its figures with JavaScript. Allow it to see them.</noscript>
        <script type="application/json" id="report">{data}</script>
        {script}
        </body>
        </html>

        """;

    // The writer escapes what could end the element, such as "</script>" in a word.
    private static string Data(
        string version,
        DateOnly? day,
        IReadOnlyList<RunData> runs,
        IReadOnlyList<ComparisonData> comparisons,
        IReadOnlyList<string> problems,
        bool withPictures)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("version", version);
            if (day is { } generated)
                writer.WriteString("generated", generated.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteBoolean("live", day is null);
            writer.WriteStartArray("runs");
            foreach (var run in runs)
                run.WriteTo(writer, withPictures);
            writer.WriteEndArray();
            writer.WriteStartArray("comparisons");
            foreach (var comparison in comparisons)
                comparison.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteStartArray("problems");
            foreach (string problem in problems)
                writer.WriteStringValue(problem);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
