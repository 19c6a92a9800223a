namespace ModularNetworks.Engine;

public sealed partial class PlainKernels<T>
{
    /// <inheritdoc/>
    public override void ModularGru(
        in ModularGruInput input, IndexTensor selection, Tensor proposalInputs, in ModularGruStates states)
    {
        for (int row = 0; row < input.Steps * input.Batch; row++)
        {
            var before = StateBefore(input, states.Hidden, row);
            var gates = RowOf(states.Gates, row);
            Gates(input, row, before, gates);
            var proposal = RowOf(states.ProposedStates, row);
            RowOf(proposalInputs, row).CopyTo(proposal);
            AddModules(input, gates, before, Picks(selection, row), proposal);
            Update(gates, before, proposal, RowOf(states.Hidden, row));
        }
    }

    private static Span<T> RowOf(Tensor tensor, int row) =>
        tensor.As<T>().Slice(row * tensor.Shape.Last, tensor.Shape.Last);

    private static Span<int> Picks(IndexTensor selection, int row) =>
        selection.Values.Slice(row * selection.Shape[1], selection.Shape[1]);

    private static Span<T> StateBefore(in ModularGruInput input, Tensor hidden, int row) =>
        row < input.Batch ? RowOf(input.Initial, row) : RowOf(hidden, row - input.Batch);

    /// <summary>z, r = sigmoid(gateInputs + h x gateWeight).</summary>
    private static void Gates(in ModularGruInput input, int inputRow, ReadOnlySpan<T> state, Span<T> gates)
    {
        RowOf(input.GateInputs, inputRow).CopyTo(gates);
        AddProduct(state, input.GateWeight, gates);
        foreach (ref T gate in gates)
            gate = T.One / (T.One + T.Exp(-gate));
    }

    /// <summary>c = f(c + sum_k (r * h) x moduleWeight[pick k]).</summary>
    private static void AddModules(
        in ModularGruInput input, ReadOnlySpan<T> gates, ReadOnlySpan<T> state, ReadOnlySpan<int> picks, Span<T> proposal)
    {
        var reset = new T[state.Length];
        for (int i = 0; i < reset.Length; i++)
            reset[i] = gates[state.Length + i] * state[i];
        foreach (int module in picks)
            AddProduct(reset, input.ModuleWeight[module], proposal);
        Apply(input.Function, proposal);
    }

    private static void Apply(StateActivation function, Span<T> proposal)
    {
        foreach (ref T value in proposal)
            value = function == StateActivation.Tanh ? T.Tanh(value) : T.Max(value, T.Zero);
    }

    /// <summary>h' = (1 - z) * h + z * c.</summary>
    private static void Update(ReadOnlySpan<T> gates, ReadOnlySpan<T> state, ReadOnlySpan<T> proposal, Span<T> hidden)
    {
        for (int i = 0; i < hidden.Length; i++)
            hidden[i] = state[i] + (gates[i] * (proposal[i] - state[i]));
    }

    private static void AddProduct(ReadOnlySpan<T> vector, Matrix matrix, Span<T> sum)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            for (int j = 0; j < sum.Length; j++)
                sum[j] += vector[i] * At(matrix, i, j);
        }
    }

    private static void AddTransposedProduct(ReadOnlySpan<T> vector, Matrix matrix, Span<T> sum)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            for (int j = 0; j < vector.Length; j++)
                sum[i] += vector[j] * At(matrix, i, j);
        }
    }
}
