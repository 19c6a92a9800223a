namespace ModularNetworks.Cli.Tests.Golden;

/// <summary>
/// The runs in <c>Interrupted</c> were stopped half way, at 512 bits, by a version whose softmax took e^0 for 1.0000001. What they come to has
/// bits of its own.
/// </summary>
[Collection("golden")]
public sealed class InterruptedRunTests
{
    public static TheoryData<string, string> Runs => new()
    {
        { "toy", "toy" },
        { "carried", "text, carried state" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_of_an_earlier_version_ends_with_the_recorded_bits(string name, string row)
    {
        using var folder = new TemporaryFolder();
        string run = folder["run"];
        Copy(Stored(name), run);
        GoldenRun.Train(GoldenRows.ArgumentsToResume(row, folder, run));
        GoldenHashes.Check(Resumed(row), GoldenRun.InstructionSet(run), RunHashes.Of(run));
    }

    private static string Resumed(string row) => $"{row}, resumed";

    private static string Stored(string name) =>
        Path.Join(ProjectRoot.Folder, "tests", "ModularNetworks.Cli.Tests", "Golden", "Interrupted", name);

    private static void Copy(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Join(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
