using ModularNetworks.Data;
using Spectre.Console;

namespace ModularNetworks.Cli.Tests;

/// <summary>Tests of <c>modnet serve</c>; what the server answers is tested where it is.</summary>
public sealed class ServeTests : IDisposable
{
    private const string Key = "0123456789abcdef";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cannot_be_served_is_one_line()
    {
        Directory.CreateDirectory(_folder["a/run"]);
        Directory.CreateDirectory(_folder["b/run"]);
        File.WriteAllText(_folder["short"], "key\n");
        File.WriteAllText(_folder["empty"], " \n");
        var transcript = new Transcript();
        transcript.Replace(_folder.Path, "/folder");
        transcript.Run("serve");
        transcript.Run("serve", "--help");
        transcript.Run("serve", _folder["none"]);
        transcript.Run("serve", _folder["a/run"], _folder["b/run"]);
        transcript.Run("serve", $"x/y={_folder["a/run"]}");
        transcript.Run("serve", _folder["a/run"], "--urls", "http://0.0.0.0:0");
        transcript.Run("serve", _folder["a/run"], "--urls", "ftp://localhost");
        transcript.Run("serve", _folder["a/run"], "--api-key-file", _folder["none"]);
        transcript.Run("serve", _folder["a/run"], "--api-key-file", _folder["empty"]);
        transcript.Run("serve", _folder["a/run"], "--api-key-file", _folder["short"]);
        transcript.Run("serve", _folder["a/run"], "--api-key-variable", "NONE");
        transcript.Run("serve", _folder["a/run"], "--api-key-variable", "NONE", "--api-key-file", _folder["short"]);
        transcript.Run("serve", _folder["a/run"], "--max-rows", "0");
        transcript.Check("refused-serve");
    }

    [Fact]
    public async Task A_table_is_served_until_a_stop_is_asked_for()
    {
        File.WriteAllLines(_folder["table.csv"], Enumerable.Range(0, 60).Select(row => $"{row % 11},{row % 5}").Prepend("n,y"));
        using var error = new StringWriter();
        Assert.Equal(0, Transcript.Run(["train", "table", "--data", _folder["table.csv"], "--target", "y", "--steps", "5", "--out", _folder["price"]], new DataLocation(null, null), TextWriter.Null, error));
        var told = new ToldLines();
        using var stop = new CancellationTokenSource();
        var context = new CliContext(() => AnsiConsole.Console, told, error, new DataLocation(null, null)) { Variable = name => name == "THE_KEY" ? Key : null };
        var serving = Task.Run(() => new Application(context).Run(["serve", $"x={_folder["price"]}", "--urls", "http://127.0.0.1:0", "--api-key-variable", "THE_KEY"], stop.Token), CancellationToken.None);
        string line = await told.First.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(line.Split(' ')[1]) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        Assert.Contains("\"name\":\"x\",\"kind\":\"table\",\"target\":\"y\"", await client.GetStringAsync(new Uri("models", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await serving);
        Assert.Equal("", error.ToString());
    }
}
