using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting;

/// <summary>The page's script and style sheet, as the build bundled them.</summary>
internal static class PageResources
{
    /// <summary>Reads a resource.</summary>
    /// <param name="name"><c>page.js</c> or <c>page.css</c>.</param>
    /// <exception cref="RunException">The tool was built without the page.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(PageResources).Assembly.GetManifestResourceStream(name) ?? throw new RunException(
            "This modnet was built without the page of reports, since npm was not found or could not restore its packages. "
            + "Install Node.js 20 or later with npm, delete the folder artifacts, and build modnet again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
