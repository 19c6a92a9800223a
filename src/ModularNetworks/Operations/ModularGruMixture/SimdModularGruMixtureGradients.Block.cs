using ModularNetworks.Engine;

namespace ModularNetworks;

internal static unsafe partial class SimdModularGruMixtureGradients<TWidth, TVector>
{
    /// <summary>A few sequences from the last step to the first.</summary>
    private struct GruMixtureGradientBlock : IBlockKernel
    {
        public GruCell<TWidth, TVector> Cell;
        public GruMixerGradients<TWidth, TVector> Mixer;
        public float* TransposedGates;
        public float* TransposedGating;
        public int TransposedStride;
        public float* Scratch;
        public nint ScratchStride;
        public int Batch;
        public int Steps;
        public int InputSize;
        public int Modules;
        public int Picks;
        public float* Initial;
        public float* Hidden;
        public float* Gates;
        public float* ProposedStates;
        public int* Selection;
        public float* Shares;
        public float* ModuleInputs;
        public float* NoiseSlopes;
        public float* HiddenGradient;
        public float* ByGates;
        public float* ByGating;
        public float* ByOutputs;
        public float* ByInputs;
        public float* ByInitial;

        public readonly void Run(int block, int worker)
        {
            float* scratch = Scratch + (worker * ScratchStride);
            int first = block * GruCell<TWidth, TVector>.Sequences;
            int rows = Math.Min(GruCell<TWidth, TVector>.Sequences, Batch - first), size = Cell.Hidden;
            new Span<float>(scratch, rows * Cell.StateStride).Clear();
            for (int t = Steps - 1; t >= 0; t--)
            {
                int row = (t * Batch) + first;
                float* before = t == 0 ? Initial + (first * size) : Hidden + ((row - Batch) * size);
                Step(scratch, row, rows, before);
            }
            RowProducts<TWidth, TVector>.Scatter(scratch, Cell.StateStride, ByInitial + (first * size), size, rows);
        }

        /// <summary>Turns the gradients by h', which come first in the scratch memory, into the gradients by h.</summary>
        private readonly void Step(float* scratch, int firstRow, int rows, float* before)
        {
            int size = Cell.Hidden, gateStride = Cell.GateRowStride;
            float* gates = Cell.Gates(scratch), byProposal = Cell.Proposals(scratch);
            float* byModuleInput = scratch + Cell.ScratchFloats, byShares = byModuleInput + Mixer.Stride;
            for (int r = 0; r < rows; r++)
            {
                int row = firstRow + r;
                float* carried = scratch + (r * Cell.StateStride), state = before + (r * size);
                float* gate = Gates + (row * 2 * size), byGates = gates + (r * gateStride);
                float* proposal = ProposedStates + (row * size), upstream = HiddenGradient + (row * size);
                GruGradients.ThroughUpdate(Cell.Function, size, gate, proposal, state, upstream, carried, byProposal, byGates);
                int first = row * Picks;
                Mixer.Run(
                    ModuleInputs + (row * Mixer.Inputs), byProposal, Selection + first, Shares + first, Picks,
                    byModuleInput, byShares);
                ToOutputs(first, byProposal);
                ThroughShares(row, byShares, carried);
                GruGradients.ThroughReset(size, gate, state, byModuleInput, carried, byGates);
                RowProducts<TWidth, TVector>.Copy(byModuleInput + size, ByInputs + (row * InputSize), InputSize);
            }
            RowProducts<TWidth, TVector>.Scatter(gates, gateStride, ByGates + (firstRow * 2 * size), 2 * size, rows);
            RowProducts<TWidth, TVector>.AddShared(
                gates, gateStride, 2 * size, TransposedGates, TransposedStride, scratch, Cell.StateStride, size, rows);
        }

        /// <summary>c = sum_k share k * output k: to the selected modules' outputs.</summary>
        private readonly void ToOutputs(int first, float* byProposal)
        {
            for (int pick = first; pick < first + Picks; pick++)
            {
                for (int i = 0; i < Cell.Hidden; i++)
                    ByOutputs[(pick * Cell.Hidden) + i] = Shares[pick] * byProposal[i];
            }
        }

        /// <summary>Through the softmax over the selected modules to their clean and noise logits, and on to h.</summary>
        private readonly void ThroughShares(int row, float* byShares, float* carried)
        {
            int first = row * Picks;
            float mean = 0;
            for (int k = 0; k < Picks; k++)
                mean += Shares[first + k] * byShares[k];
            float* byClean = ByGating + (row * 2 * Modules), byNoise = byClean + Modules;
            new Span<float>(byClean, 2 * Modules).Clear();
            for (int k = 0; k < Picks; k++)
            {
                int module = Selection[first + k];
                byClean[module] = Shares[first + k] * (byShares[k] - mean);
                byNoise[module] = byClean[module] * NoiseSlopes[first + k];
            }
            for (int column = 0; column < Cell.Hidden; column += TWidth.Count)
            {
                var sum = TWidth.Load(carried + column);
                for (int k = 0; k < Picks; k++)
                {
                    int module = Selection[first + k];
                    float* clean = TransposedGating + (module * TransposedStride) + column;
                    float* noise = clean + (Modules * TransposedStride);
                    sum = TWidth.MultiplyAdd(TWidth.Broadcast(byClean[module]), TWidth.Load(clean), sum);
                    sum = TWidth.MultiplyAdd(TWidth.Broadcast(byNoise[module]), TWidth.Load(noise), sum);
                }
                TWidth.Store(sum, carried + column);
            }
        }
    }
}
