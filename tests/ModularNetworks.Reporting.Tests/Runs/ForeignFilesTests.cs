using System.Text;
using System.Text.Json;

namespace ModularNetworks.Reporting.Tests;

/// <summary>What stands in the folder of a run in place of its files, and is not shown.</summary>
public sealed class ForeignFilesTests : IDisposable
{
    private static readonly string[] Files = ["summary.json", "inspection.json", "metrics.jsonl", "snapshots.jsonl"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _run;

    public ForeignFilesTests() => _run = RunFiles.Write(_folder, "run", lines: 3, snapshots: 2);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Links_out_of_the_folder_are_told_and_left_out()
    {
        foreach (string name in Files)
        {
            File.WriteAllText(_folder[name], "{\"secret\":1}\n");
            File.CreateSymbolicLink(Clear(name), _folder[name]);
        }
        var run = RunData.Read(_run, "run", RunDetail.Full);
        Assert.Equal(Files, run.Warnings.Select(warning => warning.Split(' ')[0]));
        Assert.All(run.Warnings, warning => Assert.Contains("leads outside", warning, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", Json(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_and_pipes_are_told_and_left_out()
    {
        foreach (string name in (string[])["summary.json", "metrics.jsonl"])
            File.CreateSymbolicLink(Clear(name), "/dev/zero");
        foreach (string name in (string[])["inspection.json", "snapshots.jsonl"])
            NamedPipe.Make(Clear(name));
        Assert.Equal(4, RunData.Read(_run, "run", RunDetail.Full).Warnings.Count);
    }

    [Theory]
    [InlineData("summary.json", 64 << 20)]
    [InlineData("inspection.json", 64 << 20)]
    [InlineData("metrics.jsonl", 1L << 32)]
    [InlineData("snapshots.jsonl", 1L << 32)]
    public void A_file_that_is_too_large_to_be_what_its_name_says_is_told_and_left_out(string name, long mostBytes)
    {
        using (var large = File.Create(Path.Join(_run, name)))
            large.SetLength(mostBytes + 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string warning = Assert.Single(RunData.Read(_run, "run", RunDetail.Full).Warnings);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Contains($"has more than {mostBytes} bytes", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_line_ends_alone_does_not_fill_the_memory()
    {
        File.WriteAllBytes(Path.Join(_run, "metrics.jsonl"), [.. Enumerable.Repeat((byte)'\n', 10_000_001)]);
        Assert.Contains("lines", Assert.Single(RunData.Read(_run, "run", RunDetail.Full).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_configuration_is_no_file_in_it_is_refused()
    {
        NamedPipe.Make(Clear("config.json"));
        Assert.Contains("is a pipe", Refusal(), StringComparison.Ordinal);
        File.CreateSymbolicLink(Clear("config.json"), "/dev/zero");
        Assert.Contains("leads outside", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<Experiments.RunException>(() => RunData.Read(_run, "run", RunDetail.Full)).Message;

    private string Clear(string name)
    {
        string path = Path.Join(_run, name);
        File.Delete(path);
        return path;
    }

    private static string Json(RunData run)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
            run.WriteTo(writer);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
