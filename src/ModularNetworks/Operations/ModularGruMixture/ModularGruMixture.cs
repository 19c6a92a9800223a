using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The modular gated recurrent unit that mixes modules as a differentiable operation.</summary>
public static class ModularGruMixtureOperations
{
    /// <summary>
    /// All time steps of a modular gated recurrent unit that mixes, at every step, the modules which noisy top-k gating
    /// selects (Shazeer et al. 2017, section 2.1):
    /// <code>
    /// z, r = sigmoid(gates + h x gateWeight)
    /// q, n = gating + h x gatingWeight
    /// H    = q + noise * softplus(n)
    /// g    = softmax(the k largest of H)
    /// c    = f(sum_k g_k ([r * h, x] x moduleWeight[selection k] + moduleBias[selection k]))
    /// h'   = (1 - z) * h + z * c
    /// </code>
    /// with f relu or tanh. Rows are time-major: row <c>t * batch + b</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="inputs">The inputs of the unit at every step.</param>
    /// <param name="initial"><c>[batch, hidden]</c>, the states before the first step.</param>
    /// <param name="weights">The unit's weights.</param>
    /// <param name="noise"><c>[steps * batch, modules]</c>, standard normal numbers; null for none.</param>
    /// <param name="picks">k, the number of modules that are mixed, from 1 to the number of modules.</param>
    /// <exception cref="ShapeException">The shapes do not fit each other, or there are fewer than k modules.</exception>
    public static ModularGruMixed ModularGruMixture(
        this Tape tape,
        in ModularGruMixtureInputs inputs,
        Tensor initial,
        in ModularGruMixtureWeights weights,
        Tensor? noise,
        int picks) =>
        ModularGruMixtureOperation.Run(tape, inputs, initial, weights, noise, picks);
}

internal sealed class ModularGruMixtureOperation : Operation
{
    private ModularGruMixtureInputs _inputs;
    private Tensor _initial = null!;
    private ModularGruMixtureWeights _weights;
    private Tensor? _noise;
    private ModularGruMixtureStates _states;

    public static Shape OutputShape(
        in ModularGruMixtureInputs inputs, Shape initial, in ModularGruMixtureWeights weights, Shape? noise, int picks)
    {
        foreach (var tensor in (ReadOnlySpan<Tensor>)[inputs.Modules, inputs.Gates, inputs.Gating, weights.Gates, weights.Gating, weights.Modules, weights.ModuleBias])
            ArgumentNullException.ThrowIfNull(tensor, nameof(inputs));
        int batch = initial.Rows, hidden = initial.Last, rows = inputs.Modules.Shape.Rows;
        int joined = hidden + inputs.Modules.Shape.Last, modules = weights.ModuleBias.Shape.Rows;
        bool fits = initial.Rank == 2 && batch > 0 && hidden > 0 && rows % batch == 0 && inputs.Modules.Shape.Rank == 2
            && inputs.Gates.Shape == new Shape(rows, 2 * hidden) && inputs.Gating.Shape == new Shape(rows, 2 * modules)
            && weights.Gates.Shape == new Shape(joined, 2 * hidden) && weights.Gating.Shape == new Shape(joined, 2 * modules)
            && weights.Modules.Shape == new Shape(modules, joined, hidden)
            && weights.ModuleBias.Shape == new Shape(modules, hidden)
            && (noise is null || noise == new Shape(rows, modules));
        if (!fits)
        {
            throw new ShapeException(
                $"ModularGruMixture: inputs of modules {inputs.Modules.Shape}, gates {inputs.Gates.Shape}, gating "
                + $"{inputs.Gating.Shape}, initial {initial}, weights of gates {weights.Gates.Shape}, gating "
                + $"{weights.Gating.Shape}, modules {weights.Modules.Shape}, moduleBias {weights.ModuleBias.Shape}, noise "
                + $"{noise?.ToString() ?? "none"}; needed are [steps * batch, inputs], [steps * batch, 2 hidden], "
                + "[steps * batch, 2 modules], [batch, hidden], [hidden + inputs, 2 hidden], [hidden + inputs, 2 modules], "
                + "[modules, hidden + inputs, hidden], [modules, hidden] and [steps * batch, modules].");
        }
        if (picks < 1 || picks > modules)
            throw new ShapeException($"ModularGruMixture: {picks} modules are wanted; there must be 1 to {modules}.");
        return new Shape(rows, hidden);
    }

    public static ModularGruMixed Run(
        Tape tape,
        in ModularGruMixtureInputs inputs,
        Tensor initial,
        in ModularGruMixtureWeights weights,
        Tensor? noise,
        int picks)
    {
        foreach (var given in (ReadOnlySpan<Tensor>)[
            inputs.Modules, inputs.Gates, inputs.Gating, initial, weights.Gates, weights.Gating, weights.Modules, weights.ModuleBias])
        {
            ArgumentNullException.ThrowIfNull(given);
        }
        var shape = OutputShape(inputs, initial.Shape, weights, noise?.Shape, picks);
        var states = RentStates(tape, shape, weights.Modules.Shape[1], picks);
        tape.Kernels.ModularGruMixture(
            InputOf(inputs, initial, weights), MixtureOf(inputs, weights, noise), states);
        if (tape.IsRecording)
        {
            var operation = tape.Record<ModularGruMixtureOperation>(states.Unit.Hidden);
            (operation._inputs, operation._initial, operation._weights) = (inputs, initial, weights);
            (operation._noise, operation._states) = (noise, states);
        }
        return new ModularGruMixed(states.Unit.Hidden, states.Selection, states.Shares);
    }

    protected internal override void Backward(Tape tape)
    {
        var input = InputOf(_inputs, _initial, _weights);
        var gradients = new ModularGruMixtureGradients(
            tape.Rent(_inputs.Gates.Shape),
            tape.Rent(_inputs.Gating.Shape),
            tape.Rent(new Shape(Output.Shape[0], _states.Selection.Shape[1], Output.Shape[1])),
            tape.Rent(_inputs.Modules.Shape),
            tape.Rent(_initial.Shape));
        tape.Kernels.ModularGruMixtureGradients(
            input, MixtureOf(_inputs, _weights, _noise), _states, Output.Gradient!, gradients);
        GradientSum.AddIfTracked(tape, _inputs.Gates, gradients.Gates);
        GradientSum.AddIfTracked(tape, _inputs.Gating, gradients.Gating);
        GradientSum.AddIfTracked(tape, _inputs.Modules, gradients.Inputs);
        GradientSum.AddIfTracked(tape, _initial, gradients.Initial);
        if (_weights.Gates.TracksGradient)
            StateProducts.AddWeightGradient(tape, _initial, Output, gradients.Gates, _weights.Gates);
        if (_weights.Gating.TracksGradient)
            StateProducts.AddWeightGradient(tape, _initial, Output, gradients.Gating, _weights.Gating);
        if (_weights.Modules.TracksGradient)
            AddModuleGradients(tape, gradients.Outputs);
    }

    private static ModularGruMixtureStates RentStates(Tape tape, Shape hidden, int joined, int picks)
    {
        int rows = hidden[0], size = hidden[1];
        return new ModularGruMixtureStates(
            new ModularGruStates(tape.Rent(hidden), tape.Rent(new Shape(rows, 2 * size)), tape.Rent(hidden)),
            tape.Rent(new Shape(rows, joined)),
            tape.RentIndices(new Shape(rows, picks)),
            tape.Rent(new Shape(rows, picks)),
            tape.Rent(new Shape(rows, picks)));
    }

    private static ModularGruInput InputOf(
        in ModularGruMixtureInputs inputs, Tensor initial, in ModularGruMixtureWeights weights)
    {
        var gateWeight = GruGateWeight.Of(weights.Gates, initial.Shape[1]);
        return new ModularGruInput(inputs.Gates, initial, gateWeight, MatrixStack.Of(weights.Modules), weights.Function);
    }

    private static ModularGruMixture MixtureOf(
        in ModularGruMixtureInputs inputs, in ModularGruMixtureWeights weights, Tensor? noise)
    {
        var gatingWeight = Matrix.Of(weights.Gating).RowRange(0, weights.ModuleBias.Shape[1]);
        return new ModularGruMixture(inputs.Modules, weights.ModuleBias, inputs.Gating, gatingWeight, noise);
    }

    private void AddModuleGradients(Tape tape, Tensor byOutputs)
    {
        var groups = RowGroups.Sort(tape, _states.Selection, _weights.Modules.Shape[0]);
        tape.Kernels.GroupedProductWeightGradient(
            groups,
            Matrix.Of(_states.ModuleInputs),
            Matrix.Of(byOutputs),
            MatrixStack.Of(tape.GradientOf(_weights.Modules)),
            _weights.ModuleBias.TracksGradient ? tape.GradientOf(_weights.ModuleBias) : null);
    }
}
