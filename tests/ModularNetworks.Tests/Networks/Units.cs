using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Modular gated recurrent units of linear modules.</summary>
internal static class Units
{
    /// <summary>A unit whose modules are chosen as a rule needs it.</summary>
    public static ModularGru Linear(
        int inputs,
        int hidden,
        int modules,
        int picks,
        SelectionRule rule,
        RandomKey key,
        ModuleFamilies families = default,
        StateActivation activation = StateActivation.Relu,
        string name = "gru",
        int inputKeys = 0,
        bool ownGates = false)
    {
        int joined = hidden + inputs;
        var pool = new LinearModules(
            $"{name}.modules", modules, joined, hidden, Activation.None, key.Split("modules"), families);
        var chooser = rule.CreateChooser(
            picks,
            () => new LinearController($"{name}.controller", joined, modules, picks, key.Split("controller"), families, inputKeys),
            () => new NoisyGate($"{name}.noisyGate", joined, modules));
        var gates = ownGates ? new GateModules($"{name}.gates", modules, joined, hidden, key.Split("gates"), families) : null;
        return new ModularGru(name, inputs, hidden, pool, chooser, key, activation, gates);
    }

    /// <summary>
    /// A unit that computes the same as one of linear modules, but whose modules and controller are of types that no fused
    /// kernel knows. It shares their parameters; gates that modules share have their own, of the same names.
    /// </summary>
    public static ModularGru Plain(ModularGru unit) => new(
        unit.Name,
        unit.Inputs,
        unit.Hidden,
        new DelegatingPool(unit.Pool),
        unit.Chooser is Controller controller ? new DelegatingController(controller) : unit.Chooser,
        RandomKey.FromSeed(0),
        unit.Activation,
        unit.Gates is null ? null : new DelegatingPool(unit.Gates));

    /// <summary>The noisy gate of a unit that mixes its modules.</summary>
    public static NoisyGate Gate(this ModularGru unit) => (NoisyGate)unit.Chooser;
}
