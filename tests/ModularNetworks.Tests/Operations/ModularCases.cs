using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

public sealed class ModularCases : GradientCases
{
    private const int Modules = 3;

    public override IEnumerable<GradientCase> All() =>
    [
        Gru("ModularGru", steps: 3, batch: 2, Indices(Of(6, 1), 2, 0, 2, 2, 0, 1)),
        Gru("ModularGru, two picks", steps: 2, batch: 3, Indices(Of(6, 2), 2, 0, 1, 1, 0, 2, 2, 2, 0, 1, 1, 0)),
        Gru("ModularGru, one step", steps: 1, batch: 3, Indices(Of(3, 1), 2, 0, 2)),
        Gru("ModularGru, tanh", steps: 3, batch: 2, Indices(Of(6, 1), 2, 0, 2, 2, 0, 1), StateActivation.Tanh),
        Gru("ModularGru, modular gates", steps: 3, batch: 2, Indices(Of(6, 1), 2, 0, 2, 2, 0, 1), hasModularGates: true),
        Gru("ModularGru, modular gates, two picks", steps: 2, batch: 3, Indices(Of(6, 2), 2, 0, 1, 1, 0, 2, 2, 2, 0, 1, 1, 0), hasModularGates: true),
        Gru("ModularGru, modular gates, one step", steps: 1, batch: 3, Indices(Of(3, 1), 2, 0, 2), hasModularGates: true),
        Mixture("ModularGruMixture, tanh", steps: 3, batch: 2, picks: 2, noisy: true, StateActivation.Tanh),
        Mixture("ModularGruMixture", steps: 3, batch: 2, picks: 2, noisy: true),
        Mixture("ModularGruMixture, no noise", steps: 2, batch: 3, picks: 2, noisy: false),
        Mixture("ModularGruMixture, all modules", steps: 2, batch: 3, picks: Modules, noisy: true),
        Mixture("ModularGruMixture, one module and one step", steps: 1, batch: 3, picks: 1, noisy: true),
        Grouped("GroupedLinear", Indices(Of(4, 1), 2, 0, 2, 2), firstInput: 0),
        Grouped("GroupedLinear, two picks", Indices(Of(4, 2), 2, 0, 1, 1, 0, 2, 2, 2), firstInput: 0),
        Grouped("GroupedLinear, later inputs", Indices(Of(4, 2), 2, 0, 1, 1, 0, 2, 2, 2), firstInput: 2),
        new("GroupedLinear, no bias", typeof(GroupedLinearOperation), [Of(4, 3), Of(Modules, 3, 2)],
            (tape, x) => tape.GroupedLinear(x[0], Indices(Of(4, 1), 2, 0, 2, 2), x[1], null)),
    ];

    private static GradientCase Gru(
        string name,
        int steps,
        int batch,
        IndexTensor selection,
        StateActivation function = StateActivation.Relu,
        bool hasModularGates = false)
    {
        const int hidden = 3, joined = 5;
        int rows = steps * batch;
        Shape[] inputs =
        [
            Of(rows, 2 * hidden), Of(rows, hidden), Of(batch, hidden),
            hasModularGates ? Of(Modules, joined, 2 * hidden) : Of(joined, 2 * hidden), Of(Modules, joined, hidden),
        ];
        return new GradientCase(name, typeof(ModularGruOperation), inputs, (tape, x) => tape.ModularGru(
            x[0], x[1], x[2], x[3], x[4], RowGroups.Sort(tape, selection, Modules), function));
    }

    private static GradientCase Mixture(
        string name, int steps, int batch, int picks, bool noisy, StateActivation function = StateActivation.Relu)
    {
        const int hidden = 3, size = 2, joined = hidden + size;
        int rows = steps * batch;
        Shape[] inputs =
        [
            Of(rows, size), Of(rows, 2 * hidden), Of(rows, 2 * Modules), Of(batch, hidden),
            Of(joined, 2 * hidden), Of(joined, 2 * Modules), Of(Modules, joined, hidden), Of(Modules, hidden),
        ];
        return new GradientCase(name, typeof(ModularGruMixtureOperation), inputs, (tape, x) => tape.ModularGruMixture(
            new ModularGruMixtureInputs(x[0], x[1], x[2]),
            x[3],
            new ModularGruMixtureWeights(x[4], x[5], x[6], x[7], function),
            noisy ? tape.StandardNormal(Of(rows, Modules), RandomKey.FromSeed(3)) : null,
            picks).Hidden);
    }

    private static GradientCase Grouped(string name, IndexTensor selection, int firstInput) =>
        new(name, typeof(GroupedLinearOperation), [Of(4, 3), Of(Modules, 3 + firstInput + 1, 2), Of(Modules, 2)],
            (tape, x) => tape.GroupedLinear(x[0], selection, x[1], x[2], firstInput));
}
