namespace ModularNetworks.Cli.Tests.Golden;

[Collection("golden")] // They write one file when they record.
public sealed class GoldenTests
{
    public static TheoryData<string> Rows => GoldenRows.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_training_leaves_the_recorded_bits(string row)
    {
        using var folder = new TemporaryFolder();
        string run = folder["run"];
        GoldenRun.Train(GoldenRows.Arguments(row, folder, run));
        GoldenHashes.Check(row, GoldenRun.InstructionSet(run), RunHashes.Of(run));
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
}
