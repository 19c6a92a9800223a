using System.Buffers;
using System.Text;
using System.Text.Json;
using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting.Tests;

public sealed class ComparisonDataTests
{
    [Fact]
    public void Results_are_written_with_their_name_and_short_numbers()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["compare.json"], """{"rows":[{"mean":0.123456789}]}""");
        Assert.True(ComparisonData.Exists(folder.Path));
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written))
            ComparisonData.Read(folder.Path, "runs/c").WriteTo(writer);
        Assert.Equal("""{"name":"runs/c","kind":"compare","report":{"rows":[{"mean":0.123457}]}}""", Encoding.UTF8.GetString(written.WrittenSpan));
    }

    [Fact]
    public void Results_of_a_suite_are_written_with_what_its_names_mean()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["suite.json"], """{"rows":[]}""");
        Assert.True(ComparisonData.Exists(folder.Path));
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written))
            ComparisonData.Read(folder.Path, "s").WriteTo(writer);
        using var json = JsonDocument.Parse(written.WrittenMemory);
        Assert.Equal("suite", json.RootElement.GetProperty("kind").GetString());
        var names = json.RootElement.GetProperty("names");
        Assert.All([.. SuiteTasks.All.Select(task => task.Name), .. SuiteMethods.All.Select(method => method.Name)], name => Assert.NotEqual("", names.GetProperty(name).GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"rows\":[")]
    public void Damaged_results_are_refused_in_one_line(string text)
    {
        using var folder = new TemporaryFolder();
        Assert.False(ComparisonData.Exists(folder.Path));
        File.WriteAllText(folder["compare.json"], text);
        var error = Assert.Throws<RunException>(() => ComparisonData.Read(folder.Path, "c"));
        Assert.StartsWith($"{folder["compare.json"]}: these are not the results of a comparison", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
