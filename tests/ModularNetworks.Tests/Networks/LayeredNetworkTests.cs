using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class LayeredNetworkTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    [Fact]
    public void Parameters_and_layout_are_those_of_the_layers_in_their_order()
    {
        var network = new Small(Key);
        Assert.Equal(
            ["words.weight", "first.modules.weight", "first.modules.bias", "first.controller.weight", "first.controller.bias", "second.controller.weight", "second.controller.bias"],
            network.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(["first.controller.weight", "first.controller.bias", "second.controller.weight", "second.controller.bias"], network.ControllerParameters.Select(parameter => parameter.Name));
        Assert.Equal(["first", "second"], network.Layout.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void A_layers_key_is_that_of_its_name()
    {
        var network = new Small(Key);
        var alone = new LinearController("first.controller", 3, 2, 1, Key.Split("first.controller"));
        Assert.Equal(alone.Weight.Value.Values.ToArray(), network.Parameters[3].Value.Values.ToArray());
    }

    [Fact]
    public void Two_layers_of_one_name_are_refused() =>
        Assert.Contains("two layers are called words", Assert.Throws<ArgumentException>(() => new Small(Key, "words")).Message, StringComparison.Ordinal);

    private sealed class Small : LayeredNetwork<IndexTensor>
    {
        public Small(RandomKey key, string? another = null)
            : base(key)
        {
            Add("words", (name, key) => new Embedding(name, 5, 3, key));
            var first = AddModular(
                "first", (name, key) => new LinearModules(name, 2, 3, 3, Activation.Tanh, key), (name, key) => new LinearController(name, 3, 2, 1, key));
            // The second layer has the modules of the first.
            AddModular("second", (_, _) => first.Pool, (name, key) => new LinearController(name, 3, 2, 1, key));
            if (another is not null)
                Add(another, (name, key) => new Embedding(name, 5, 3, key));
        }

        public override Tensor LogLikelihood(ForwardPass pass, IndexTensor batch) => throw new NotSupportedException();
    }
}
