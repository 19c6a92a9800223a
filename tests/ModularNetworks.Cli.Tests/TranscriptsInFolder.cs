using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Transcripts of commands on data and runs in a folder of their own.</summary>
public abstract class TranscriptsInFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modnet-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected Transcript NewTranscript()
    {
        var transcript = new Transcript { HidesMeasurements = true };
        transcript.Replace(_folder, "/somewhere");
        return transcript;
    }

    private protected string At(string name) => Path.Join(_folder, name);

    private protected string[] Listing() =>
        [.. Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private protected void WriteText(int repetitions = 4)
    {
        Directory.CreateDirectory(At("text"));
        foreach (string name in (string[])[PennTreebank.TrainFile, PennTreebank.ValidFile, PennTreebank.TestFile])
            File.WriteAllText(At($"text/{name}"), string.Concat(Enumerable.Repeat(" the cat sat \n a dog ran \n", repetitions)));
    }
}
