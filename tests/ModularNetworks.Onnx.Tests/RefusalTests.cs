using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Onnx.Tests;

/// <summary>What a file cannot say is refused; what it says is always the same.</summary>
public sealed class RefusalTests
{
    private static readonly ModularMlpSizes Sizes = new() { Inputs = 2, Outputs = 3, Modules = 4, Hidden = 5 };

    [Fact]
    public void A_gate_without_its_mixture_and_a_mixture_without_a_gate_are_refused()
    {
        var mixing = new ModularMlp(Sizes, new MixtureSelection(2), RandomKey.FromSeed(1));
        var refused = Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, mixing));
        Assert.Contains("in layer hidden only one of the two is there", refused.Message, StringComparison.Ordinal);
        var selecting = new ModularMlp(Sizes, new ModeSelection(), RandomKey.FromSeed(1));
        Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, selecting, new OnnxVectors { Rule = new MixtureSelection(2) }));
    }

    [Fact]
    public void Shares_of_all_modules_are_refused()
    {
        var rule = new MixtureSelection(1, shares: MixtureShares.OfAll);
        var weighted = new ModularMlp(Sizes, rule, RandomKey.FromSeed(1));
        var refused = Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, weighted, new OnnxVectors { Rule = rule }));
        Assert.Contains("layer hidden mixes modules by their shares of all", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Assigned_modules_without_their_assignment_are_refused()
    {
        var network = new ModularMlp(Sizes with { InputKeys = 2 }, new AssignedSelection(new ModuleAssignment(4, 1, 0, 3)), RandomKey.FromSeed(1));
        var refused = Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, network));
        Assert.Contains("layer hidden", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var network = new ModularMlp(Sizes, new ModeSelection(), RandomKey.FromSeed(1));
        Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, network, new OnnxVectors { Means = [1], Deviations = [1] }));
        Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, network, new OnnxVectors { Means = [1, 2] }));
        Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, network, new OnnxVectors { Target = new TableTarget { Name = "y" } }));
        Assert.Throws<ArgumentException>(() => OnnxExport.Write(Stream.Null, network, new OnnxVectors { Clusters = new Clusters(Tensor.Allocate(new Shape(2, 3))) }));
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        static byte[] Bytes()
        {
            using var stream = new MemoryStream();
            OnnxExport.Write(stream, new ModularMlp(Sizes with { Picks = 2, Families = new ModuleFamilies(2) }, new ModeSelection(), RandomKey.FromSeed(1)));
            return stream.ToArray();
        }
        Assert.Equal(Bytes(), Bytes());
    }

    [Fact]
    public void The_answer_of_writing_tells_inputs_and_outputs()
    {
        var network = new ModularMlp(Sizes, new ModeSelection(), RandomKey.FromSeed(1));
        var written = OnnxExport.Write(Stream.Null, network, new OnnxVectors { Target = new TableTarget { Name = "y", Classes = ["a", "b", "c"] } });
        Assert.Equal(["features: float [batch, 2]"], written.Inputs.Select(value => value.ToString()));
        Assert.Equal(
            ["probabilities: float [batch, 3]", "hidden_modules: int64 [batch, 1]", "output_modules: int64 [batch, 1]"], written.Outputs.Select(value => value.ToString()));
    }
}
