using System.Runtime.InteropServices;

namespace ModularNetworks.Experiments;

/// <summary>The machine that a measurement ran on.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">The number of logical cores.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The version of .NET.</param>
public sealed record Machine(string Processor, int Cores, string System, string Runtime)
{
    private const string ProcessorList = "/proc/cpuinfo";
    private const string NameField = "model name";

    /// <summary>This machine.</summary>
    public static Machine This() => new(
        ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription);

    private static string ProcessorName()
    {
        string? line = File.Exists(ProcessorList)
            ? File.ReadLines(ProcessorList).FirstOrDefault(line => line.StartsWith(NameField, StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
