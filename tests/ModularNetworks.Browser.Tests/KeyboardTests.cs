using Microsoft.Playwright;

namespace ModularNetworks.Browser.Tests;

public sealed class KeyboardTests(Chromium chromium, SampleReport sample)
{
    // Of the sample, a view with a table and two with figures and all kinds of controls.
    private static readonly string[] SomeViews = ["overview", "modules", "data"];

    [Theory]
    [MemberData(nameof(CheckedReport.WalkedForms), MemberType = typeof(CheckedReport))]
    public async Task Every_control_is_reached_and_shows_the_focus_and_each_kind_answers_its_key(int width, ColorScheme colors)
    {
        await using var opened = await chromium.OpenAsync(CheckedReport.AddressOr(sample), width, colors);
        var (findings, controls) = await new KeyboardWalk(opened).GoAsync(CheckedReport.IsGiven ? await opened.ViewsAsync() : SomeViews);
        CheckedReport.AssertClean([.. findings, .. opened.Problems]);
        Assert.InRange(controls, 100, int.MaxValue);
    }
}
