namespace ModularNetworks.Distributed.Tests;

/// <summary>The program of <c>samples/ShardedPool</c>, in processes that the mpirun of Open MPI starts.</summary>
public sealed class MpirunTests
{
    private const string Sizes = "65536 4 3";

    [Fact]
    public void Two_and_four_processes_print_the_fingerprint_of_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Run("command -v mpirun").ExitCode != 0, "needs mpirun of Open MPI");
        string[] alone = Lines($"\"$HOST\" \"$SAMPLE\" {Sizes}");
        Assert.Matches("fingerprint [0-9a-f]{16}", alone[2]);
        foreach (int ranks in (int[])[2, 4])
        {
            string[] lines = Lines($"mpirun --oversubscribe -n {ranks} \"$HOST\" \"$SAMPLE\" {Sizes}");
            Assert.Contains($"ranks: {ranks}, modules: 65536, ", lines[0], StringComparison.Ordinal);
            Assert.Equal(alone[1..], lines[1..]);
        }
    }

    private static string[] Lines(string line)
    {
        var (exitCode, output, error) = Run(line);
        Assert.True(exitCode == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // The tests may run as root.
    private static ShellResult Run(string line) => Bash.Run(
        line,
        environment: [
            ("HOST", Bash.Host),
            ("SAMPLE", Path.Join(AppContext.BaseDirectory, "ShardedPool.dll")),
            ("OMPI_ALLOW_RUN_AS_ROOT", "1"),
            ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1")]);
}
