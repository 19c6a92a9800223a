using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Gradients of a modular gated recurrent unit with known selections, over vectors.</summary>
internal static unsafe class SimdModularGruGradients<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    public static void Run(
        Kernels kernels,
        in ModularGruInput input,
        IndexTensor selection,
        in ModularGruStates states,
        Tensor hiddenGradient,
        in ModularGruGradients gradients)
    {
        var scratch = Kernels.Keep<GruScratch>();
        var cell = GruCell<TWidth, TVector>.Of(input);
        int transposedStride = RowProducts<TWidth, TVector>.PaddedLength(cell.Hidden);
        float* transposed = scratch.Transposed.Reserve(cell.SharesGates ? 2 * cell.Hidden * transposedStride : 0);
        if (cell.SharesGates)
            RowProducts<TWidth, TVector>.Transpose(input.GateWeight.Shared, transposed, transposedStride);
        int steps = input.StepsOf(states.Hidden), picks = selection.Shape[1];
        long rows = (long)steps * input.Batch, numbers = rows * cell.Hidden, initial = (long)input.Batch * cell.Hidden;
        var kernel = new GruGradientBlock
        {
            Cell = cell,
            Scratch = scratch.Workers.ReserveEach(kernels.Workers.ThreadCount, cell.ScratchFloats, out nint stride),
            ScratchStride = stride,
            TransposedGateWeight = transposed,
            TransposedStride = transposedStride,
            Batch = input.Batch,
            Steps = steps,
            Picks = picks,
            Initial = input.Initial.PointerTo(initial),
            Selection = selection.PointerTo(rows * picks, bound: input.ModuleWeight.Count),
            Hidden = states.Hidden.PointerTo(numbers),
            Gates = states.Gates.PointerTo(2 * numbers),
            ProposedStates = states.ProposedStates.PointerTo(numbers),
            HiddenGradient = hiddenGradient.PointerTo(numbers),
            ByGates = gradients.Gates.PointerTo(2 * numbers),
            ByProposedStates = gradients.ProposedStates.PointerTo(numbers),
            ResetStates = gradients.ResetStates.PointerTo(numbers),
            ByInitial = gradients.Initial.PointerTo(initial),
        };
        kernels.Workers.Run(GruCell<TWidth, TVector>.BlocksOf(input.Batch), kernel);
    }

    /// <summary>A few sequences from the last step to the first.</summary>
    private struct GruGradientBlock : IBlockKernel
    {
        public GruCell<TWidth, TVector> Cell;
        public float* Scratch;
        public nint ScratchStride;
        public float* TransposedGateWeight;
        public int TransposedStride;
        public int Batch;
        public int Steps;
        public int Picks;
        public float* Initial;
        public int* Selection;
        public float* Hidden;
        public float* Gates;
        public float* ProposedStates;
        public float* HiddenGradient;
        public float* ByGates;
        public float* ByProposedStates;
        public float* ResetStates;
        public float* ByInitial;

        public readonly void Run(int block, int worker)
        {
            float* scratch = Scratch + (worker * ScratchStride);
            int first = block * GruCell<TWidth, TVector>.Sequences;
            int rows = Math.Min(GruCell<TWidth, TVector>.Sequences, Batch - first), size = Cell.Hidden;
            float* carried = scratch;
            new Span<float>(carried, rows * Cell.StateStride).Clear();
            for (int t = Steps - 1; t >= 0; t--)
            {
                int row = (t * Batch) + first;
                float* before = t == 0 ? Initial + (first * size) : Hidden + ((row - Batch) * size);
                Step(scratch, carried, row, rows, before);
            }
            RowProducts<TWidth, TVector>.Scatter(carried, Cell.StateStride, ByInitial + (first * size), size, rows);
        }

        /// <summary>Turns the gradients by h' in <paramref name="carried"/> into the gradients by h.</summary>
        private readonly void Step(float* scratch, float* carried, int firstRow, int rows, float* before)
        {
            int size = Cell.Hidden, gateStride = Cell.GateRowStride;
            float* byGates = Cell.Gates(scratch);
            for (int r = 0; r < rows; r++)
            {
                int row = firstRow + r;
                float* byReset = Cell.Resets(scratch) + (r * Cell.StateStride);
                float* carriedRow = carried + (r * Cell.StateStride), state = before + (r * size);
                float* gate = Gates + (row * 2 * size), byGatesRow = byGates + (r * gateStride);
                float* proposal = ProposedStates + (row * size), upstream = HiddenGradient + (row * size);
                float* byProposal = ByProposedStates + (row * size);
                GruGradients.ThroughUpdate(
                    Cell.Function, size, gate, proposal, state, upstream, carriedRow, byProposal, byGatesRow);
                ThroughModules(row, byReset);
                GruGradients.ThroughReset(size, gate, state, byReset, carriedRow, byGatesRow);
                for (int i = 0; i < size; i++)
                    ResetStates[(row * size) + i] = gate[size + i] * state[i];
            }
            RowProducts<TWidth, TVector>.Scatter(byGates, gateStride, ByGates + (firstRow * 2 * size), 2 * size, rows);
            ThroughGates(byGates, carried, firstRow, rows);
        }

        /// <summary>z, r = sigmoid(h x gateWeight + ...): to h.</summary>
        private readonly void ThroughGates(float* byGates, float* carried, int firstRow, int rows)
        {
            int size = Cell.Hidden, gateStride = Cell.GateRowStride;
            if (Cell.SharesGates)
            {
                RowProducts<TWidth, TVector>.AddShared(
                    byGates, gateStride, 2 * size, TransposedGateWeight, TransposedStride, carried, Cell.StateStride, size, rows);
                return;
            }
            for (int pick = 0; pick < rows * Picks; pick++)
            {
                int row = pick / Picks;
                float* weight = Cell.GateWeightOf(Selection[(firstRow * Picks) + pick]);
                RowProducts<TWidth, TVector>.AddTransposed(
                    byGates + (row * gateStride), 2 * size, weight, Cell.GateStride, carried + (row * Cell.StateStride), size);
            }
        }

        /// <summary>c = sum_k (r * h) x weight of pick k: to the reset state.</summary>
        private readonly void ThroughModules(int row, float* byReset)
        {
            int size = Cell.Hidden;
            new Span<float>(byReset, size).Clear();
            for (int k = 0; k < Picks; k++)
            {
                float* weight = Cell.ModuleWeight + (Selection[(row * Picks) + k] * Cell.ModuleStride);
                RowProducts<TWidth, TVector>.AddTransposed(ByProposedStates + (row * size), size, weight, size, byReset, size);
            }
        }
    }
}
