using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ModularNetworks.Board.Tests;

/// <summary>Folders below the board's that are not what they seem.</summary>
public sealed class HostileFoldersTests : IDisposable
{
    private const string Config = """{"experiment":"toy","method":"em","modules":2,"parallel":1,"seed":1}""";

    private readonly TemporaryFolder _outside = new();
    private readonly TemporaryFolder _folder = new();

    public HostileFoldersTests()
    {
        foreach (string name in (string[])["bad", "good"])
        {
            Directory.CreateDirectory(_folder[name]);
            File.WriteAllText(_folder[$"{name}/config.json"], Config);
            File.WriteAllText(_folder[$"{name}/metrics.jsonl"], "{\"step\":1}\n");
        }
        File.WriteAllText(_outside["metrics.jsonl"], "{\"step\":77}\n");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Theory]
    [InlineData(null, "is a pipe")]
    [InlineData("/dev/zero", "leads outside")]
    public async Task ABadConfigurationIsOneLineOfTheList(string? target, string problem)
    {
        Replace("config.json", target);
        await using var board = await BoardServer.StartAsync(_folder.Path, port: 0, "1.2.3");
        using var client = new HttpClient { BaseAddress = board.Address };
        var runs = await client.GetFromJsonAsync<JsonArray>("/api/runs", Stop);
        Assert.Equal(["bad", "good"], runs!.Select(run => run!["name"]!.GetValue<string>()).Order());
        Assert.Contains(problem, runs!.Single(run => run!["name"]!.GetValue<string>() == "bad")!["problem"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(runs!.Single(run => run!["name"]!.GetValue<string>() == "good")!["problem"]);
        Assert.Contains("\"metricsTotal\":1", await client.GetStringAsync("/api/run?name=good", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileOutsideOfTheRunsFolderIsNotServed()
    {
        File.Delete(_folder["bad/metrics.jsonl"]);
        File.CreateSymbolicLink(_folder["bad/metrics.jsonl"], _outside["metrics.jsonl"]);
        await using var board = await BoardServer.StartAsync(_folder.Path, port: 0, "1.2.3");
        using var client = new HttpClient { BaseAddress = board.Address };
        string run = await client.GetStringAsync("/api/run?name=bad", Stop);
        Assert.DoesNotContain("77", run, StringComparison.Ordinal);
        Assert.Contains("leads outside", run, StringComparison.Ordinal);
        var bad = (await client.GetFromJsonAsync<JsonArray>("/api/runs", Stop))!.Single(listed => listed!["name"]!.GetValue<string>() == "bad");
        Assert.Contains("leads outside", bad!["problem"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("metrics.jsonl")]
    [InlineData("snapshots.jsonl")]
    [InlineData("lock")]
    public void AFollowerWaitsForNoPipeAndFollowsTheOthers(string name)
    {
        Replace(name, target: null);
        File.SetLastWriteTimeUtc(_folder[$"bad/{name}"], DateTime.UtcNow.AddHours(-1));
        var follower = new RunFollower(new RunCatalogue(_folder.Path));
        follower.Look();
        File.AppendAllText(_folder["good/metrics.jsonl"], "{\"step\":2}\n");
        Assert.Contains("\"lines\":[{\"step\":2}]", Assert.Single(follower.Look()), StringComparison.Ordinal);
    }

    [Fact]
    public void AFollowerDoesNotReadALinkThatLeadsOutside()
    {
        var follower = new RunFollower(new RunCatalogue(_folder.Path));
        follower.Look();
        File.WriteAllText(_outside["metrics.jsonl"], string.Concat(Enumerable.Repeat("{\"step\":77}\n", 100)));
        File.Delete(_folder["bad/metrics.jsonl"]);
        File.CreateSymbolicLink(_folder["bad/metrics.jsonl"], _outside["metrics.jsonl"]);
        Assert.Empty(follower.Look());
    }

    private void Replace(string name, string? target)
    {
        File.Delete(_folder[$"bad/{name}"]);
        if (target is null)
            NamedPipe.Make(_folder[$"bad/{name}"]);
        else
            File.CreateSymbolicLink(_folder[$"bad/{name}"], target);
    }
}
