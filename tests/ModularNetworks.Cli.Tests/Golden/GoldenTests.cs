using System.Text.Json.Nodes;

namespace ModularNetworks.Cli.Tests.Golden;

public sealed class GoldenTests
{
    public static TheoryData<string> Rows => GoldenRows.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_training_leaves_the_recorded_bits(string row)
    {
        using var folder = new TemporaryFolder();
        string run = folder["run"];
        Train(GoldenRows.Arguments(row, folder, run));
        GoldenHashes.Check(row, InstructionSet(run), RunHashes.Of(run));
    }

    [Theory]
    [InlineData("Sampled")]
    [InlineData("Distinct")]
    [InlineData("REINFORCE")]
    public void A_training_of_modules_in_a_tree_with_lazy_Adam_leaves_the_recorded_bits(string method)
    {
        var (instructionSet, hashes) = TreeNetwork.Train(method);
        GoldenHashes.Check($"tree, lazy Adam, {method}", instructionSet, hashes);
    }

    private static void Train(string[] arguments)
    {
        using var error = new StringWriter();
        int exitCode = Transcript.Run(arguments, new Transcript().Data, TextWriter.Null, error);
        Assert.True(exitCode == 0, error.ToString());
    }

    private static string InstructionSet(string run) =>
        JsonNode.Parse(File.ReadAllText(Path.Join(run, "summary.json")))!["simd"]!.GetValue<string>();
}
