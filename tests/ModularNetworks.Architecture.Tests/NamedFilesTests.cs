using System.Text.RegularExpressions;

namespace ModularNetworks.Architecture.Tests;

/// <summary>The pages for readers send them to files, folders and types that exist.</summary>
public sealed partial class NamedFilesTests
{
    private const int MostHops = 18;

    private static readonly string House = Page("architecture.md");

    private static IEnumerable<string> Pages =>
        [Path.Combine(Repository.Root, "README.md"), .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md")];

    [Fact]
    public void Files_that_pages_name_exist() => Faults.None(
        from page in Pages
        from Match name in Names().Matches(File.ReadAllText(page))
        let place = Path.Combine(Repository.Root, name.Groups[1].Value)
        where !File.Exists(place) && !Directory.Exists(place)
        select $"{Path.GetFileName(page)}: {name.Groups[1].Value}");

    [Fact]
    public void Types_and_members_that_the_page_about_the_paper_names_exist()
    {
        var sources = Repository.Projects.SelectMany(project => Directory.GetFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories));
        var types = sources.ToLookup(source => Path.GetFileNameWithoutExtension(source));
        Faults.None(
            from Match name in TypeNames().Matches(Page("paper.md"))
            let member = name.Groups[2].Value
            where !types[name.Groups[1].Value].Any(source => Regex.IsMatch(File.ReadAllText(source), $@"\b{member}\b"))
            select name.Value);
    }

    [Fact]
    public void An_M_step_of_the_language_model_has_few_hops()
    {
        int[] hops = [.. Hops().Matches(House).Select(hop => int.Parse(hop.Groups[1].Value, provider: null))];
        Assert.Equal(Enumerable.Range(1, hops.Length), hops);
        Assert.InRange(hops.Length, 1, MostHops);
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", name));

    // A type, or a member of one: `ModularLayer`, `ViterbiEmOptions.Samples`.
    [GeneratedRegex(@"`([A-Z][a-z]\w+)(?:\.([A-Z]\w+))?`")]
    private static partial Regex TypeNames();

    [GeneratedRegex("`((?:src|tests|samples|bench|docs)/[^`<> ]+)`")]
    private static partial Regex Names();

    [GeneratedRegex(@"^\| (\d+) \| `", RegexOptions.Multiline)]
    private static partial Regex Hops();
}
