using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class MultiplyAddsTests
{
    private const int Inputs = 3;
    private const int Outputs = 4;
    private const int Modules = 5;

    private static readonly RandomKey Key = RandomKey.FromSeed(4);

    [Fact]
    public void A_layer_costs_the_modules_that_are_picked_and_its_controller()
    {
        var layer = Layer(new LinearController("controller", Inputs, Modules, 2, Key));
        Assert.Equal((2 * Inputs * Outputs) + (Inputs * 2 * Modules), layer.MultiplyAdds(new ModeSelection()));
    }

    [Fact]
    public void A_table_of_logits_costs_nothing()
    {
        var layer = Layer(new LinearController("controller", Inputs, Modules, 2, Key, inputKeys: 9));
        Assert.Equal((2 * Inputs * Outputs) + (Inputs * 2 * Modules), layer.MultiplyAdds(new ModeSelection()));
    }

    [Fact]
    public void A_hidden_layer_of_a_controller_costs_both_of_its_maps()
    {
        var linear = new LinearController("controller", Inputs, Modules, 2, Key);
        var layer = Layer(new MultilayerController("controller", linear, units: 6, Key));
        long controller = (Inputs * 2 * Modules) + (Inputs * 6) + (6 * 2 * Modules);
        Assert.Equal((2 * Inputs * Outputs) + controller, layer.MultiplyAdds(new ModeSelection()));
    }

    [Fact]
    public void A_mixture_costs_the_modules_that_are_mixed_and_both_halves_of_its_gate()
    {
        var layer = Layer(new NoisyGate("gate", Inputs, Modules));
        Assert.Equal((3 * Inputs * Outputs) + (Inputs * 2 * Modules), layer.MultiplyAdds(new MixtureSelection(3)));
        Assert.Equal((Modules * Inputs * Outputs) + (Inputs * 2 * Modules), layer.MultiplyAdds(new MixtureSelection(9)));
    }

    [Fact]
    public void Fixed_modules_cost_all_of_themselves_and_nothing_else() =>
        Assert.Equal(Modules * Inputs * Outputs, Layer(new FixedChoice(Modules)).MultiplyAdds(new FixedSelection()));

    [Fact]
    public void What_related_modules_have_in_common_costs_a_row_nothing() => Assert.Equal(
        Inputs * Outputs,
        new LinearModules("modules", Modules, Inputs, Outputs, Activation.None, Key, new ModuleFamilies(2)).MultiplyAdds);

    [Fact]
    public void Modules_of_any_layers_cost_a_multiply_add_for_each_weight_and_none_for_biases() => Assert.Equal(
        Inputs * Outputs,
        new LayerModules(new Linear("one", Inputs, Outputs, Key), new Linear("other", Inputs, Outputs, Key)).MultiplyAdds);

    [Fact]
    public void Filters_cost_their_numbers_at_every_position()
    {
        var (image, window) = (new ImageShape(2, 8, 8), new Window(3, Stride: 2, PaddingBefore: 0, PaddingAfter: 1));
        var modules = new ConvolutionModules("modules", Modules, image, 3, window, Activation.Relu, Key);
        Assert.Equal(4 * 4 * 3 * (2 * 3 * 3), modules.MultiplyAdds);
        var controller = new ConvolutionController("controller", image, 6, window, Modules, 2, Key);
        Assert.Equal((4 * 4 * 6 * (2 * 3 * 3)) + (6 * 2 * Modules), controller.MultiplyAdds);
    }

    [Fact]
    public void A_modular_GRU_costs_its_gates_too()
    {
        const int hidden = 4, read = hidden + Inputs;
        var modules = new LinearModules("modules", Modules, read, hidden, Activation.None, Key);
        var unit = new ModularGru("gru", Inputs, hidden, modules, new LinearController("controller", read, Modules, 2, Key), Key);
        Assert.Equal((read * 2 * hidden) + (2 * read * hidden) + (read * 2 * Modules), unit.MultiplyAdds(new ModeSelection()));
        var gates = new GateModules("gates", Modules, read, hidden, Key);
        unit = new ModularGru("gru", Inputs, hidden, modules, new LinearController("controller", read, Modules, 2, Key), Key, gates: gates);
        Assert.Equal((2 * read * 2 * hidden) + (2 * read * hidden) + (read * 2 * Modules), unit.MultiplyAdds(new ModeSelection()));
        Assert.Equal(hidden * 9, new SequenceLikelihood("output", hidden, 9, Key).MultiplyAdds);
    }

    private static ModularLayer Layer(Chooser chooser) =>
        new("layer", new LinearModules("modules", chooser.Modules, Inputs, Outputs, Activation.Relu, Key), chooser);
}
