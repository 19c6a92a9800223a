using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ModularNetworks.Serving.Tests;

public sealed class OwnProgramTests
{
    [Fact]
    public async Task The_sample_serves_a_run_under_an_address_of_its_own()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        SmallModels.Table(folder["table"]);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "ServeModel.dll"), folder["table"], "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            const string Told = "Now listening on: ";
            string? line;
            do
                line = await process.StandardOutput.ReadLineAsync(stop);
            while (line is not null && !line.Contains(Told, StringComparison.Ordinal));
            Assert.NotNull(line);
            using var client = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Told, StringComparison.Ordinal) + Told.Length)..]) };
            using var answer = await client.PostAsync(new Uri("/ai/models/model/predict", UriKind.Relative), SmallServer.Json("""{"rows":[[1,"a","no"]]}"""), stop);
            Assert.Single(JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop))!["predictions"]!.AsArray());
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
