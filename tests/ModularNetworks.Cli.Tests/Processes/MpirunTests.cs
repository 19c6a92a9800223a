using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ModularNetworks.Cli.Tests;

/// <summary>Trainings that the mpirun of Open MPI starts in several processes.</summary>
public sealed class MpirunTests : IDisposable
{
    // The tests may run as root, and with fewer cores than ranks.
    private const string Prelude =
        "export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1\n"
        + "ranks() { local n=$1; shift; mpirun --oversubscribe -n $n \"$MODNET_HOST\" \"$MODNET_TOOL\" \"$@\"; }\n";

    private const string Long = "train toy --threads 1 --set points=60 --set starts=1 --set logEvery=10";
    private const string Toy = $"{Long} --steps 40";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Four_processes_and_then_two_leave_the_bits_of_one()
    {
        Succeeds($"modnet {Toy} --set blocks=8 --out one && modnet train toy --out one --resume --steps 60");
        Succeeds($"ranks 4 {Toy} --out run && ranks 2 train toy --out run --resume --steps 60");
        Assert.Equal(Content("one"), Content("run"));
    }

    [Fact]
    public void Fast_sums_train_too() => Assert.Contains("solved:", Succeeds($"ranks 2 {Toy} --reduce fast --out run").Output, StringComparison.Ordinal);

    [Fact]
    public void Bad_input_is_told_once_and_ends_all_ranks()
    {
        var result = Run($"ranks 3 {Toy} --out run");
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.Split('\n'), line => line.EndsWith(
            "modnet: Blocks of a mini-batch: 3 ranks cannot share 8 blocks evenly; take a number of ranks that divides 8.", StringComparison.Ordinal));
        Assert.False(File.Exists(_folder["run/config.json"]));
    }

    [Fact]
    public void Ranks_that_the_tree_does_not_fit_are_not_measured()
    {
        var result = Run("ranks 3 bench ranks");
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.Split('\n'), line => line.EndsWith(
            "modnet: bench ranks: there are 3 ranks; their number must be a power of two.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_command_line_is_told_once()
    {
        var result = Run("ranks 2 train toy --steps none");
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.Split('\n'), line => line.Contains("modnet: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rank_that_is_killed_ends_all_and_is_named()
    {
        var result = Run(
            $"mkfifo out; ranks 2 {Long} --steps 1000000 --out run >out & launcher=$!; exec 3<out\n"
            + "until read -r line <&3 && [[ $line == step* ]] || ! kill -0 $launcher; do :; done\n"
            + "kill -KILL $(pgrep -P $(pgrep -P $launcher mpirun || echo $launcher) | tail -n 1); wait $launcher");
        Assert.NotEqual(0, result.ExitCode);
        Assert.True(Regex.IsMatch(result.Error, "process rank [01] .* signal 9"), result.Error + result.Output);
    }

    public void Dispose() => _folder.Dispose();

    private ShellResult Run(string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Shell.Run(_folder.Path, "command -v mpirun").ExitCode != 0, "needs mpirun of Open MPI");
        return Shell.Run(_folder.Path, Prelude + line);
    }

    private ShellResult Succeeds(string line)
    {
        var result = Run(line);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    /// <summary>Metrics without times, and the parameters.</summary>
    private string[] Content(string run)
    {
        var metrics = File.ReadAllLines(_folder[$"{run}/metrics.jsonl"]).Select(line => JsonNode.Parse(line)!.AsObject()).Select(line =>
        {
            line.Remove("seconds");
            line.Remove("communicationSeconds");
            return line.ToJsonString();
        });
        string checkpoint = Directory.GetDirectories(_folder[$"{run}/checkpoint"]).Max(StringComparer.Ordinal)!;
        return [.. metrics, Convert.ToHexString(File.ReadAllBytes(Path.Join(checkpoint, "parameters.safetensors")))];
    }
}
