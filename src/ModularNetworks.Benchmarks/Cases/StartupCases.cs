using System.Diagnostics;

namespace ModularNetworks.Benchmarks;

/// <summary>The tool, from the start of its process to its end. The peer's side of a start is to import its library.</summary>
internal static class StartupCases
{
    private const string Tool = "modnet.dll";
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        new(BenchTopic.Startup, "modnet --version", Steps: 5, _ => () => Run("--version")) { PeerRequest = "start" },
        new(BenchTopic.Startup, "modnet train toy", Steps: 2, _ => TrainToy),
    ];

    private static void TrainToy()
    {
        string folder = Directory.CreateTempSubdirectory("modnet-bench-").FullName;
        try
        {
            Run("train", "toy", "--seed", "1", "--out", Path.Join(folder, "run"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(params string[] arguments)
    {
        string tool = Path.Join(AppContext.BaseDirectory, Tool);
        if (!File.Exists(tool))
            throw new BenchException($"bench startup: {tool} does not exist; run the benchmark with modnet.");
        var start = new ProcessStartInfo("dotnet", [tool, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new BenchException($"bench startup: modnet {string.Join(' ', arguments)} failed: {error.Result.Trim()}");
    }
}
