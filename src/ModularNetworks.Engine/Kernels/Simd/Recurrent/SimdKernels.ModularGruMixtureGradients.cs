namespace ModularNetworks.Engine;

internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    public override void ModularGruMixtureGradients(
        in ModularGruInput input,
        in ModularGruMixture mixture,
        in ModularGruMixtureStates states,
        Tensor hiddenGradient,
        in ModularGruMixtureGradients gradients)
    {
        var cell = GruCell<TWidth, TVector>.Of(input);
        var mixer = TransposeWeights(input, mixture, out float* transposed, out int transposedStride);
        int picks = states.Selection.Shape[1];
        int floats = cell.ScratchFloats + mixer.Stride + RowProducts<TWidth, TVector>.PaddedLength(picks);
        var kernel = new GruMixtureGradientBlock
        {
            Cell = cell,
            Mixer = mixer,
            TransposedGates = transposed,
            TransposedGating = transposed + (2 * cell.Hidden * transposedStride),
            TransposedStride = transposedStride,
            Scratch = _gruScratch.ReserveEach(Workers.ThreadCount, floats, out nint stride),
            ScratchStride = stride,
            Batch = input.Batch,
            Steps = input.Steps,
            InputSize = mixer.Inputs - cell.Hidden,
            Modules = mixture.Modules,
            PicksPerStep = picks,
            Initial = input.Initial.Pointer,
            Hidden = states.Unit.Hidden.Pointer,
            Gates = states.Unit.Gates.Pointer,
            ProposedStates = states.Unit.ProposedStates.Pointer,
            Selection = states.Selection.Pointer,
            Shares = states.Shares.Pointer,
            ModuleInputs = states.ModuleInputs.Pointer,
            NoiseSlopes = states.NoiseSlopes.Pointer,
            HiddenGradient = hiddenGradient.Pointer,
            ByGates = gradients.Gates.Pointer,
            ByGating = gradients.Gating.Pointer,
            ByOutputs = gradients.Outputs.Pointer,
            ByInputs = gradients.Inputs.Pointer,
            ByInitial = gradients.Initial.Pointer,
        };
        Workers.Run(BlocksOf(input.Batch), kernel);
        KeepAlive(
            input.GateInputs, input.Initial, input.GateWeight.Tensor, input.ModuleWeight.Tensor,
            mixture.Inputs, mixture.ModuleBias, mixture.GatingInputs, mixture.GatingWeight.Tensor, mixture.Noise,
            states.Unit.Hidden, states.Unit.Gates, states.Unit.ProposedStates, states.ModuleInputs,
            states.Selection, states.Shares, states.NoiseSlopes, hiddenGradient,
            gradients.Gates, gradients.Gating, gradients.Outputs, gradients.Inputs, gradients.Initial);
    }

    /// <summary>
    /// Copies the weights of the gates, then those of the gating, and then those of the modules, with outputs as rows and
    /// zeros behind each row.
    /// </summary>
    private GruMixerGradients<TWidth, TVector> TransposeWeights(
        in ModularGruInput input, in ModularGruMixture mixture, out float* transposed, out int stride)
    {
        int hidden = input.Hidden, modules = mixture.Modules, joined = input.ModuleWeight.Inputs;
        int joinedStride = RowProducts<TWidth, TVector>.PaddedLength(joined);
        stride = RowProducts<TWidth, TVector>.PaddedLength(hidden);
        int gates = 2 * hidden * stride, gating = 2 * modules * stride, module = hidden * joinedStride;
        int count = gates + gating + (modules * module);
        transposed = _gruTransposed.Reserve(count);
        new Span<float>(transposed, count).Clear();
        Transpose(input.GateWeight, transposed, stride);
        Transpose(mixture.GatingWeight, transposed + gates, stride);
        float* weight = transposed + gates + gating;
        for (int i = 0; i < modules; i++)
            Transpose(input.ModuleWeight[i], weight + (i * module), joinedStride);
        return new GruMixerGradients<TWidth, TVector>
        {
            TransposedWeight = weight,
            Stride = joinedStride,
            Bias = mixture.ModuleBias.Pointer,
            Inputs = joined,
            Size = hidden,
        };
    }

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
        public int PicksPerStep;
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
                int first = row * PicksPerStep;
                Mixer.Run(
                    ModuleInputs + (row * Mixer.Inputs), byProposal, Selection + first, Shares + first, PicksPerStep,
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
            for (int pick = first; pick < first + PicksPerStep; pick++)
            {
                for (int i = 0; i < Cell.Hidden; i++)
                    ByOutputs[(pick * Cell.Hidden) + i] = Shares[pick] * byProposal[i];
            }
        }

        /// <summary>Through the softmax over the selected modules to their clean and noise logits, and on to h.</summary>
        private readonly void ThroughShares(int row, float* byShares, float* carried)
        {
            int first = row * PicksPerStep;
            float mean = 0;
            for (int k = 0; k < PicksPerStep; k++)
                mean += Shares[first + k] * byShares[k];
            float* byClean = ByGating + (row * 2 * Modules), byNoise = byClean + Modules;
            new Span<float>(byClean, 2 * Modules).Clear();
            for (int k = 0; k < PicksPerStep; k++)
            {
                int module = Selection[first + k];
                byClean[module] = Shares[first + k] * (byShares[k] - mean);
                byNoise[module] = byClean[module] * NoiseSlopes[first + k];
            }
            for (int column = 0; column < Cell.Hidden; column += TWidth.Count)
            {
                var sum = TWidth.Load(carried + column);
                for (int k = 0; k < PicksPerStep; k++)
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
