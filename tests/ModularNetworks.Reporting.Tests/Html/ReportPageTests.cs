using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ModularNetworks.Reporting.Tests;

public sealed partial class ReportPageTests
{
    private static readonly DateOnly Day = new(2026, 1, 2);

    [Fact]
    public void The_page_allows_its_own_script_and_nothing_else()
    {
        string page = ReportPage.Make("1.2.3", Day, [], [], [], out _);
        string policy = PolicyPattern().Match(page).Groups[1].Value;
        string script = ScriptPattern().Match(page).Groups[1].Value;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.True(script.Length > 10_000);
        Assert.Equal(
            $"default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
            policy);
        Assert.DoesNotMatch("<script[^>]* src=|<link(?! rel=\"icon\" href=\"data:)|<img|<iframe|@import|url\\(", page.Replace(script, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_cannot_break_out_of_the_data()
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 2);
        const string name = "</script><script>alert(1)</script><!-- & \u2028 \"";
        string page = ReportPage.Make("1.2.3", Day, [RunData.Read(path, name, RunDetail.Full)], [], [name], out _);
        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        var data = JsonNode.Parse(DataPattern().Match(page).Groups[1].Value)!;
        Assert.Equal(name, data["runs"]![0]!["name"]!.GetValue<string>());
        Assert.Equal(name, data["problems"]![0]!.GetValue<string>());
        Assert.Equal(("1.2.3", "2026-01-02", false), (data["version"]!.GetValue<string>(), data["generated"]!.GetValue<string>(), data["live"]!.GetValue<bool>()));
    }

    [Fact]
    public void A_live_page_loads_its_script_and_has_no_runs()
    {
        string page = ReportPage.MakeLive("1.2.3");
        Assert.Contains("<script src=\"/page.js\"></script>", page, StringComparison.Ordinal);
        Assert.Contains("""{"version":"1.2.3","live":true,"runs":[],"comparisons":[],"problems":[]}""", page, StringComparison.Ordinal);
        Assert.Contains("/api/events", ReportPage.Script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000, true)]
    [InlineData(5_000_000, false)]
    public void Pictures_that_make_a_page_too_large_are_left_out(int size, bool isShown)
    {
        using var folder = new TemporaryFolder();
        string path = RunFiles.Write(folder, "run", lines: 2);
        File.WriteAllText(
            Path.Join(path, "inspection.json"), "{\"step\":1,\"thumbnails\":{\"1\":{\"png\":\"" + new string('x', size) + "\"}}}");
        string page = ReportPage.Make("1.2.3", Day, [RunData.Read(path, "run", RunDetail.Full)], [], [], out bool withPictures);
        Assert.Equal(isShown, withPictures);
        Assert.Equal(isShown, page.Contains("xxxxxxxxxx", StringComparison.Ordinal));
        Assert.InRange(page.Length, 0, 4_999_999);
    }

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex PolicyPattern();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex ScriptPattern();

    [GeneratedRegex("<script type=\"application/json\" id=\"report\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataPattern();
}
