using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// How a <see cref="ModularGru"/> computes: with fused kernels where modules and chooser are linear (<see cref="FusedGru"/>),
/// or step by step from the operations of any pool and any chooser (<see cref="PlainGru"/>).
/// </summary>
internal abstract class GruPath
{
    /// <summary>The fastest way for a unit: the one place that chooses between the two.</summary>
    public static GruPath Of(ModularGru unit) =>
        unit.Pool is LinearModules { IsLinear: true } modules && unit.Chooser is LinearController or NoisyGate or FixedChoice
            && (unit.Gates is null || (unit.Gates is GateModules && unit.Chooser is not NoisyGate))
            ? FusedGru.Of(unit, modules)
            : new PlainGru(unit);

    /// <summary>The states after every step with modules that are known: <c>[steps * rows, hidden]</c>, differentiable.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="sequences">A sequence for each row.</param>
    /// <param name="selection"><c>[steps * rows, K]</c>.</param>
    public abstract Tensor States(Tape tape, in GruSequences sequences, IndexTensor selection);

    /// <summary>The controller's logits, of <c>[rows, K, modules]</c>.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="inputs">x, <c>[rows, inputs]</c>, and what each shows if that is known.</param>
    /// <param name="states">h before each input, <c>[rows, hidden]</c>.</param>
    public abstract SelectionLogits Logits(Tape tape, ControllerInput inputs, Tensor states);

    /// <summary>Lets the controller choose modules step by step, for every candidate of every datapoint; without gradients.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="sequences">A sequence for each datapoint.</param>
    /// <param name="first"><c>[steps * batch, K]</c>, the modules of candidate 0; null if they are chosen like others.</param>
    /// <param name="key">Draws the modules; null to take the most probable ones.</param>
    public abstract GruChoice Choose(ForwardPass pass, in GruSequences sequences, IndexTensor? first, RandomKey? key);

    /// <summary>Mixes modules by a noisy gate at every step: <c>[steps * batch, hidden]</c>, differentiable.</summary>
    public abstract Tensor Mix(ForwardPass pass, in GruSequences sequences, NoisyGate gate, MixtureSelection mixture);

    /// <summary>Begins to read one sequence input by input, from a zero state.</summary>
    public abstract GruReading StartReading(Kernels kernels);
}
