using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ModularNetworks.Fuzz;

/// <summary>
/// Gives readers inputs in several processes of this program, which take every so manieth input each. Processes rather than threads, since the
/// memory that a reader takes can be measured of whole processes only.
/// </summary>
internal sealed class Workers : IDisposable
{
    private readonly Process[] _processes;

    /// <summary>Starts the processes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="arguments">The command line of each, without the part that it takes.</param>
    public Workers(int count, IEnumerable<string> arguments) =>
        _processes = [.. Enumerable.Range(0, count).Select(index => Start([.. arguments, "--part", $"{new Part(index, count)}"]))];

    /// <summary>Writes an outcome for the process that started this one.</summary>
    public static void Tell(TextWriter output, FuzzResult result)
    {
        output.WriteLine(JsonSerializer.Serialize(result));
        output.Flush();
    }

    /// <summary>The outcome of a reader over all processes.</summary>
    /// <param name="name">The reader's name.</param>
    /// <exception cref="FuzzFailureException">A process ended before, by a crash or because it was ended.</exception>
    public FuzzResult ResultOf(string name) => _processes.Select(process => Next(process, name)).Aggregate((one, other) => one.And(other));

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.Dispose();
        }
    }

    private static FuzzResult Next(Process process, string name)
    {
        string? line = process.StandardOutput.ReadLine();
        if (line?.StartsWith('{') == true)
            return JsonSerializer.Deserialize<FuzzResult>(line)!;
        process.WaitForExit();
        throw new FuzzFailureException(
            line ?? string.Create(CultureInfo.InvariantCulture, $"FAILED: {name}: the process ended with exit code {process.ExitCode}; what it wrote is above"));
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        string program = Path.ChangeExtension(typeof(Workers).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    }
}
