using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Browser.Tests;

public sealed class CompareSettingsTests(Chromium chromium)
{
    [Fact]
    public async Task Settings_stand_side_by_side_with_intervals_and_their_differences_are_paired_by_seed()
    {
        using var folder = new TemporaryFolder();
        double[][] losses = [[0.5, 0.7, 0.9], [0.4, 0.6, 0.8]];
        string[] names = [.. from method in new[] { 0, 1 } from seed in new[] { 0, 1, 2 } select $"{method}-{seed}"];
        foreach (string name in names)
        {
            var (method, seed) = (name[0] - '0', name[^1] - '0');
            var run = new RunWriter(folder[name], new ToyOptions { Seed = (ulong)seed, Picks = 1 + method });
            run.Metrics(ToyRun.Line(250, losses[method][seed]));
        }
        var data = names.Select(name => RunData.Read(folder[name], name, RunDetail.Full));
        await File.WriteAllTextAsync(
            folder["report.html"], ReportPage.Make("1.2.3", new DateOnly(2026, 1, 2), [.. data], [], [], out _), TestContext.Current.CancellationToken);
        await using var opened = await chromium.OpenAsync(new Uri(new Uri(folder["report.html"]).AbsoluteUri + "#numbers-toy"));
        var means = await (await opened.DrawingAsync("settings-toy")).Locator("g[aria-label='dot'] title").AllTextContentsAsync();
        // With two degrees of freedom, 0.7 has the interval 4.303 * 0.2 / sqrt(3) to both sides.
        Assert.Equal(["K 1: 0.7000 (0.2031 to 1.1969)", "K 2: 0.6000 (0.1031 to 1.0969)"], means);
        var differences = await (await opened.DrawingAsync("settings-toy-differences")).Locator("g[aria-label='dot'] title").AllTextContentsAsync();
        Assert.Equal(["K 2: −0.1000 (−0.1000 to −0.1000)"], differences);
        Assert.Empty(opened.Problems);
    }
}
