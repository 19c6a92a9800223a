using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A modular gated recurrent unit that mixes modules, over vectors.</summary>
internal static unsafe class SimdModularGruMixture<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    public static void Run(
        Kernels kernels, in ModularGruInput input, in ModularGruMixture mixture, in ModularGruMixtureStates states)
    {
        var scratch = Kernels.Keep<GruScratch>();
        var cell = GruCell<TWidth, TVector>.Of(input);
        var gate = GruGate<TWidth, TVector>.Of(mixture, states.Selection.Shape[1]);
        int floats = cell.ScratchFloats + gate.ScratchFloats;
        int steps = input.StepsOf(mixture.Inputs), inputSize = mixture.Inputs.Shape.Last;
        long rows = (long)steps * input.Batch, numbers = rows * cell.Hidden, picked = rows * states.Selection.Shape[1];
        var kernel = new GruMixtureBlock
        {
            Cell = cell,
            Gate = gate,
            Mixer = GruMixer<TWidth, TVector>.Of(input.ModuleWeight, mixture.ModuleBias),
            Scratch = scratch.Workers.ReserveEach(kernels.Workers.ThreadCount, floats, out nint stride),
            ScratchStride = stride,
            Batch = input.Batch,
            Steps = steps,
            InputSize = inputSize,
            GateInputs = input.GateInputs!.PointerTo(2 * numbers),
            Initial = input.Initial.PointerTo((long)input.Batch * cell.Hidden),
            Inputs = mixture.Inputs.PointerTo(rows * inputSize),
            Hidden = states.Unit.Hidden.PointerTo(numbers),
            Gates = states.Unit.Gates.PointerTo(2 * numbers),
            ProposedStates = states.Unit.ProposedStates.PointerTo(numbers),
            ModuleInputs = states.ModuleInputs.PointerTo(numbers + (rows * inputSize)),
            Selection = states.Selection.PointerTo(picked, bound: null),
            Shares = states.Shares.PointerTo(picked),
            NoiseSlopes = states.NoiseSlopes.PointerTo(picked),
        };
        kernels.Workers.Run(GruCell<TWidth, TVector>.BlocksOf(input.Batch), kernel);
    }

    /// <summary>A few sequences from the first step to the last.</summary>
    private struct GruMixtureBlock : IBlockKernel
    {
        public GruCell<TWidth, TVector> Cell;
        public GruGate<TWidth, TVector> Gate;
        public GruMixer<TWidth, TVector> Mixer;
        public float* Scratch;
        public nint ScratchStride;
        public int Batch;
        public int Steps;
        public int InputSize;
        public float* GateInputs;
        public float* Initial;
        public float* Inputs;
        public float* Hidden;
        public float* Gates;
        public float* ProposedStates;
        public float* ModuleInputs;
        public int* Selection;
        public float* Shares;
        public float* NoiseSlopes;

        public readonly void Run(int block, int worker)
        {
            float* scratch = Scratch + (worker * ScratchStride);
            int first = block * GruCell<TWidth, TVector>.Sequences;
            int rows = Math.Min(GruCell<TWidth, TVector>.Sequences, Batch - first), size = Cell.Hidden;
            RowProducts<TWidth, TVector>.Gather(Initial + (first * size), size, scratch, Cell.StateStride, rows);
            for (int t = 0; t < Steps; t++)
                Step(scratch, (t * Batch) + first, rows);
        }

        private readonly void Step(float* scratch, int row, int rows)
        {
            int size = Cell.Hidden, stateStride = Cell.StateStride, gateStride = Cell.GateRowStride, picks = Gate.Picks;
            float* gating = scratch + Cell.ScratchFloats;
            RowProducts<TWidth, TVector>.Gather(GateInputs + (row * 2 * size), 2 * size, Cell.Gates(scratch), gateStride, rows);
            Cell.OpenGates(scratch, rows, picks: null, count: 0);
            Gate.MakeLogits(gating, row, rows, scratch, stateStride, size);
            for (int r = 0; r < rows; r++)
            {
                int first = (row + r) * picks;
                Gate.KeepLargest(gating, row, r, Selection + first, Shares + first, NoiseSlopes + first);
                MixModules(scratch, row + r, r);
            }
            Cell.Update(scratch, rows);
            RowProducts<TWidth, TVector>.Scatter(Cell.Gates(scratch), gateStride, Gates + (row * 2 * size), 2 * size, rows);
            RowProducts<TWidth, TVector>.Scatter(
                Cell.Proposals(scratch), stateStride, ProposedStates + (row * size), size, rows);
            RowProducts<TWidth, TVector>.Scatter(scratch, stateStride, Hidden + (row * size), size, rows);
        }

        /// <summary>proposal = sum_k share k * f_k([r * h, x]).</summary>
        private readonly void MixModules(float* scratch, int row, int r)
        {
            int size = Cell.Hidden, first = row * Gate.Picks;
            float* moduleInput = ModuleInputs + (row * Mixer.Inputs);
            RowProducts<TWidth, TVector>.Copy(Cell.Resets(scratch) + (r * Cell.StateStride), moduleInput, size);
            RowProducts<TWidth, TVector>.Copy(Inputs + (row * InputSize), moduleInput + size, InputSize);
            float* proposal = Cell.Proposals(scratch) + (r * Cell.StateStride);
            Mixer.Mix(moduleInput, Selection + first, Shares + first, Gate.Picks, proposal);
        }
    }
}
