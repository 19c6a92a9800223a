using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ModularNetworks.Browser.Tests;

public sealed class ReportFormsTests(Chromium chromium, SampleReport sample)
{
    private const int FirstScreen = 900;

    // Below it, the page has another form. Of the sample, axe is shown each form and each colour once.
    private const int WidthOfTables = 720;

    private static readonly string[] Bad = ["moderate", "serious", "critical"];

    // What stands out from its background is asked by scripts of our own, which know drawings, too.
    private static readonly AxeRunOptions Options = new()
    {
        ResultTypes = [ResultType.Violations],
        Rules = new() { ["color-contrast"] = new() { Enabled = false } },
    };

    [Theory]
    [MemberData(nameof(CheckedReport.Forms), MemberType = typeof(CheckedReport))]
    public async Task Nothing_overflows_is_covered_is_faint_or_keeps_people_out(int width, ColorScheme colors)
    {
        await using var opened = await chromium.OpenAsync(CheckedReport.AddressOr(sample), width, colors);
        int answersEnd = await opened.Page.EvaluateAsync<int>("Math.max(...[...document.querySelectorAll('.answer-card')].map(card => Math.round(card.getBoundingClientRect().bottom)))");
        Assert.InRange(answersEnd, 1, FirstScreen);
        await opened.ShowAllAsync();
        await opened.OpenDetailsAsync();
        Assert.Equal(colors == ColorScheme.Light ? "rgb(255, 255, 255)" : "rgb(22, 24, 29)", await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("Math.max(innerWidth, document.documentElement.scrollWidth)"));
        var findings = new List<string>();
        foreach (string script in new[] { PageScripts.Overflowing, PageScripts.SpoiltTexts, PageScripts.FaintTexts, PageScripts.FaintLines, PageScripts.SharedIds })
            findings.AddRange(await opened.Page.EvaluateAsync<string[]>(script));
        if (CheckedReport.IsGiven || (width < WidthOfTables) == (colors == ColorScheme.Dark))
            findings.AddRange(await FoundByAxeAsync(opened));
        CheckedReport.AssertClean([.. findings, .. opened.Problems]);
    }

    private static async Task<IEnumerable<string>> FoundByAxeAsync(OpenedPage opened)
    {
        var result = await opened.Page.RunAxe(Options);
        return result.Violations.Where(one => Bad.Contains(one.Impact)).Select(one => $"{one.Id}: {one.Nodes.Length} times, first {one.Nodes[0].Html}");
    }
}
