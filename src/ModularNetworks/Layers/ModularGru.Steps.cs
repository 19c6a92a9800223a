using ModularNetworks.Engine;

namespace ModularNetworks;

/// <content>The unit one time step at a time, for a <see cref="RecurrentNetwork{TBatch}"/>.</content>
public sealed partial class ModularGru
{
    /// <summary>The controller's logits, from which the next step's modules are selected.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="inputs">x_t, <c>[rows, inputs]</c>.</param>
    /// <param name="states">h_{t-1}, <c>[rows, hidden]</c>.</param>
    /// <returns><c>[rows, K, modules]</c>.</returns>
    /// <exception cref="InvalidOperationException">The unit has no controller.</exception>
    public Tensor Logits(Tape tape, Tensor inputs, Tensor states)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(inputs);
        if (Controller is null)
            throw new InvalidOperationException($"{Name} has no controller; run it with fixed modules.");
        var fromStates = tape.MatrixProduct(states, tape.Rows(Controller.Weight.Value, 0, Hidden));
        var fromInputs = ProductWithInputRows(tape, inputs, Controller.Weight);
        var logits = tape.AddBias(tape.Add(fromStates, fromInputs), Controller.Bias.Value);
        return tape.Reshape(logits, new Shape(inputs.Shape[0], Picks, Modules.Modules));
    }

    /// <summary>The states after one step with given modules.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="inputs">x_t, <c>[rows, inputs]</c>.</param>
    /// <param name="states">h_{t-1}, <c>[rows, hidden]</c>.</param>
    /// <param name="selection">a_t, <c>[rows, K]</c>.</param>
    /// <returns>h_t, <c>[rows, hidden]</c>.</returns>
    public Tensor NextStates(Tape tape, Tensor inputs, Tensor states, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(selection);
        return States(tape, inputs, states, ProductWithInputRows(tape, inputs, GateWeight), selection);
    }
}
