using System.Globalization;
using System.Text;

namespace ModularNetworks.Reporting.Tests;

/// <summary>Writes the files of run folders.</summary>
internal static class RunFiles
{
    public const string Config = """{"experiment":"toy","method":"em","modules":2,"parallel":1,"seed":18446744073709551615}""";

    /// <summary>Makes a run's folder.</summary>
    /// <param name="folder">Holds it.</param>
    /// <param name="name">The run's name.</param>
    /// <param name="lines">The lines of metrics; every tenth has a measurement.</param>
    /// <param name="snapshots">The number of snapshots.</param>
    public static string Write(TemporaryFolder folder, string name, int lines, int snapshots = 0)
    {
        string path = Directory.CreateDirectory(folder[name]).FullName;
        File.WriteAllText(Path.Join(path, "config.json"), Config);
        var metrics = new StringBuilder();
        for (int step = 1; step <= lines; step++)
            metrics.Append(Line(step)).Append('\n');
        File.WriteAllText(Path.Join(path, "metrics.jsonl"), metrics.ToString());
        var taken = new StringBuilder();
        for (int step = 0; step < snapshots; step++)
            taken.Append(CultureInfo.InvariantCulture, $$"""{"step":{{step}},"layers":[]}""").Append('\n');
        File.WriteAllText(Path.Join(path, "snapshots.jsonl"), taken.ToString());
        return path;
    }

    public static string Line(int step)
    {
        string measured = step % 10 == 0 ? ""","test":{"loss":0.125},"selectionEntropy":0.6931471805599453""" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $$"""{"step":{{step}},"train":{"logLikelihood":-1.23456789012345}{{measured}},"seconds":{{step / 1000.0}}}""");
    }
}
