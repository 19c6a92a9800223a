using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A modular gated recurrent unit with known selections, over vectors.</summary>
internal static unsafe class SimdModularGru<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    public static void Run(
        Kernels kernels,
        in ModularGruInput input,
        IndexTensor selection,
        Tensor proposalInputs,
        in ModularGruStates states)
    {
        var scratch = Kernels.Keep<GruScratch>();
        var cell = GruCell<TWidth, TVector>.Of(input);
        int steps = input.StepsOf(proposalInputs), picks = selection.Shape[1];
        long rows = (long)steps * input.Batch, numbers = rows * cell.Hidden;
        var kernel = new GruBlock
        {
            Cell = cell,
            Scratch = scratch.Workers.ReserveEach(kernels.Workers.ThreadCount, cell.ScratchFloats, out nint stride),
            ScratchStride = stride,
            Batch = input.Batch,
            Steps = steps,
            Picks = picks,
            GateInputs = input.GateInputs!.PointerTo(2 * numbers),
            Initial = input.Initial.PointerTo((long)input.Batch * cell.Hidden),
            ProposalInputs = proposalInputs.PointerTo(numbers),
            Selection = selection.PointerTo(rows * picks, bound: input.ModuleWeight.Count),
            Hidden = states.Hidden.PointerTo(numbers),
            Gates = states.Gates.PointerTo(2 * numbers),
            ProposedStates = states.ProposedStates.PointerTo(numbers),
        };
        kernels.Workers.Run(GruCell<TWidth, TVector>.BlocksOf(input.Batch), kernel);
    }

    /// <summary>A few sequences from the first step to the last.</summary>
    private struct GruBlock : IBlockKernel
    {
        public GruCell<TWidth, TVector> Cell;
        public float* Scratch;
        public nint ScratchStride;
        public int Batch;
        public int Steps;
        public int Picks;
        public float* GateInputs;
        public float* Initial;
        public float* ProposalInputs;
        public int* Selection;
        public float* Hidden;
        public float* Gates;
        public float* ProposedStates;

        public readonly void Run(int block, int worker)
        {
            float* scratch = Scratch + (worker * ScratchStride);
            int first = block * GruCell<TWidth, TVector>.Sequences;
            int rows = Math.Min(GruCell<TWidth, TVector>.Sequences, Batch - first), size = Cell.Hidden;
            RowProducts<TWidth, TVector>.Gather(
                Initial + (first * size), size, scratch, Cell.StateStride, rows);
            for (int t = 0; t < Steps; t++)
                Step(scratch, (t * Batch) + first, rows);
        }

        private readonly void Step(float* scratch, int row, int rows)
        {
            int size = Cell.Hidden, stateStride = Cell.StateStride, gateStride = Cell.GateRowStride;
            float* proposals = Cell.Proposals(scratch);
            RowProducts<TWidth, TVector>.Gather(GateInputs + (row * 2 * size), 2 * size, Cell.Gates(scratch), gateStride, rows);
            RowProducts<TWidth, TVector>.Gather(ProposalInputs + (row * size), size, proposals, stateStride, rows);
            Cell.OpenGates(scratch, rows, Selection + (row * Picks), Picks);
            for (int r = 0; r < rows; r++)
                Cell.AddModules(scratch, r, Selection + ((row + r) * Picks), Picks);
            Cell.Update(scratch, rows);
            RowProducts<TWidth, TVector>.Scatter(Cell.Gates(scratch), gateStride, Gates + (row * 2 * size), 2 * size, rows);
            RowProducts<TWidth, TVector>.Scatter(proposals, stateStride, ProposedStates + (row * size), size, rows);
            RowProducts<TWidth, TVector>.Scatter(scratch, stateStride, Hidden + (row * size), size, rows);
        }
    }
}
