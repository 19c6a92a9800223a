using System.Text.RegularExpressions;

namespace ModularNetworks.Architecture.Tests;

/// <summary>The page about the house sends its readers to files and folders that exist.</summary>
public sealed partial class NamedFilesTests
{
    private const int MostHops = 18;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

    [Fact]
    public void Files_that_the_page_names_exist() => Faults.None(
        from Match name in Names().Matches(Page)
        let place = Path.Combine(Repository.Root, name.Groups[1].Value)
        where !File.Exists(place) && !Directory.Exists(place)
        select name.Groups[1].Value);

    [Fact]
    public void An_M_step_of_the_language_model_has_few_hops()
    {
        int[] hops = [.. Hops().Matches(Page).Select(hop => int.Parse(hop.Groups[1].Value, provider: null))];
        Assert.Equal(Enumerable.Range(1, hops.Length), hops);
        Assert.InRange(hops.Length, 1, MostHops);
    }

    [GeneratedRegex("`((?:src|tests|samples|bench|docs)/[^`<> ]+)`")]
    private static partial Regex Names();

    [GeneratedRegex(@"^\| (\d+) \| `", RegexOptions.Multiline)]
    private static partial Regex Hops();
}
