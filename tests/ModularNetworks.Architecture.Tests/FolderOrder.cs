namespace ModularNetworks.Architecture.Tests;

/// <summary>
/// The orders of folders that <c>docs/architecture.md</c> states: below the heading <c>## Order of folders</c> a heading
/// <c>### Project</c> and a fenced list for each project, a folder a line, upper folders first. A line's first word is the folder
/// (<c>.</c> is the project's root); the rest says what is in it.
/// </summary>
internal static class FolderOrder
{
    private const string Section = "## Order of folders";
    private const string Fence = "```";

    /// <summary>The folders of each project that has an order, from top to bottom.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Stated { get; } =
        Parse(File.ReadAllLines(Path.Combine(Repository.Root, "docs", "architecture.md")));

    /// <summary>Reads the orders from the lines of a document.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Parse(IEnumerable<string> document)
    {
        var orders = new Dictionary<string, IReadOnlyList<string>>();
        List<string>? folders = null;
        bool fenced = false;
        foreach (string line in document.SkipWhile(line => line != Section).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                folders = [];
                orders.Add(line[4..].Trim(), folders);
            }
            else if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                fenced = !fenced;
            }
            else if (fenced && line.Length > 0)
            {
                folders!.Add(line.Split(' ')[0]);
            }
        }
        return orders;
    }
}
