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
        Assert.Equal("""{"name":"runs/c","report":{"rows":[{"mean":0.123457}]}}""", Encoding.UTF8.GetString(written.WrittenSpan));
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
