using System.Text.Json.Nodes;

namespace ModularNetworks.Cli.Tests.OwnExperiment;

/// <summary>The program <c>samples/OwnExperiment</c>: a network of one's own has what built-in experiments have.</summary>
public sealed class OwnExperimentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_of_ones_own_has_a_run_folder_a_page_and_goes_on_where_it_was_stopped()
    {
        string program = $"\"$MODNET_HOST\" '{Path.Join(AppContext.BaseDirectory, "OwnExperiment.dll")}'";
        var result = Shell.Run(
            _folder.Path,
            $"set -e; {program} whole whole.html; {program} parts parts.html 120; test ! -e parts.html; {program} parts parts.html; modnet report whole parts -o both.html");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("stopped after step 120; the same command goes on", result.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Parameters("whole")), File.ReadAllBytes(Parameters("parts")));
        var layer = JsonNode.Parse(File.ReadAllText(_folder["parts/inspection.json"]))!["layers"]![0]!;
        Assert.Equal("sides", (string?)layer["name"]);
        Assert.True((double?)layer["labels"]![0]!["normalizedMutualInformation"] > 0.8);
        Assert.NotEmpty(Directory.GetFiles(_folder["parts/tensorboard"]));
        Assert.All(["whole.html", "parts.html", "both.html"], page => Assert.Contains("\"sides\"", File.ReadAllText(_folder[page]), StringComparison.Ordinal));
    }

    private string Parameters(string run) => _folder[$"{run}/checkpoint/step-000000300/parameters.safetensors"];
}
