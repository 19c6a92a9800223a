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
        int joined = states.ModuleInputs.Shape[1], picks = states.Selection.Shape[1];
        int floats = cell.ScratchFloats + RowProducts<TWidth, TVector>.PaddedLength(joined)
            + RowProducts<TWidth, TVector>.PaddedLength(picks);
        var kernel = new GruMixtureGradientBlock
        {
            Cell = cell,
            Transposed = TransposeWeights(input, mixture),
            Scratch = _gruScratch.ReserveEach(Workers.ThreadCount, floats, out nint stride),
            ScratchStride = stride,
            Batch = input.Batch,
            Steps = input.Steps,
            InputSize = joined - cell.Hidden,
            Modules = mixture.Modules,
            PicksPerStep = picks,
            Initial = input.Initial.Pointer,
            Hidden = states.Unit.Hidden.Pointer,
            Gates = states.Unit.Gates.Pointer,
            Candidates = states.Unit.Candidates.Pointer,
            Selection = states.Selection.Pointer,
            Shares = states.Shares.Pointer,
            Outputs = states.Outputs.Pointer,
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
            input.Initial, input.GateWeight.Tensor, input.ModuleWeight.Tensor, mixture.GatingWeight.Tensor,
            states.Unit.Hidden, states.Unit.Gates, states.Unit.Candidates, states.Selection, states.Shares, states.Outputs,
            states.NoiseSlopes, hiddenGradient,
            gradients.Gates, gradients.Gating, gradients.Outputs, gradients.Inputs, gradients.Initial);
    }

    private TransposedWeights TransposeWeights(in ModularGruInput input, in ModularGruMixture mixture)
    {
        int hidden = input.Hidden, modules = mixture.Modules, joined = input.ModuleWeight.Inputs;
        int stateStride = RowProducts<TWidth, TVector>.PaddedLength(hidden);
        int joinedStride = RowProducts<TWidth, TVector>.PaddedLength(joined);
        long gates = 2L * hidden * stateStride, gating = 2L * modules * stateStride;
        float* start = _gruTransposed.Reserve(gates + gating + ((long)modules * hidden * joinedStride));
        var weights = new TransposedWeights(start, start + gates, start + gates + gating, stateStride, joinedStride);
        Transpose(input.GateWeight, weights.Gates, stateStride);
        Transpose(mixture.GatingWeight, weights.Gating, stateStride);
        for (int module = 0; module < modules; module++)
            Transpose(input.ModuleWeight[module], weights.Modules + ((nint)module * hidden * joinedStride), joinedStride);
        return weights;
    }

    /// <summary>The weights of the gates, the gating and the modules, with outputs as rows.</summary>
    private readonly struct TransposedWeights(float* gates, float* gating, float* modules, int stateStride, int joinedStride)
    {
        public float* Gates => gates;

        public float* Gating => gating;

        public float* Modules => modules;

        public int StateStride => stateStride;

        public int JoinedStride => joinedStride;
    }

    /// <summary>A few sequences from the last step to the first.</summary>
    private struct GruMixtureGradientBlock : IBlockKernel
    {
        public GruCell<TWidth, TVector> Cell;
        public TransposedWeights Transposed;
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
        public float* Candidates;
        public int* Selection;
        public float* Shares;
        public float* Outputs;
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
            float* gates = Cell.Gates(scratch), byCandidate = Cell.Candidates(scratch);
            float* byModuleInput = scratch + Cell.ScratchFloats;
            for (int r = 0; r < rows; r++)
            {
                int row = firstRow + r;
                float* carried = scratch + (r * Cell.StateStride), state = before + (r * size);
                float* gate = Gates + (row * 2 * size), byGates = gates + (r * gateStride);
                float* candidate = Candidates + (row * size), upstream = HiddenGradient + (row * size);
                GruGradients.ThroughUpdate(size, gate, candidate, state, upstream, carried, byCandidate, byGates);
                ThroughModules(row, byCandidate, byModuleInput);
                ThroughShares(row, byCandidate, carried, byModuleInput + Transposed.JoinedStride);
                GruGradients.ThroughReset(size, gate, state, byModuleInput, carried, byGates);
                RowProducts<TWidth, TVector>.Copy(byModuleInput + size, ByInputs + (row * InputSize), InputSize);
            }
            RowProducts<TWidth, TVector>.Scatter(gates, gateStride, ByGates + (firstRow * 2 * size), 2 * size, rows);
            RowProducts<TWidth, TVector>.AddShared(
                gates, gateStride, 2 * size, Transposed.Gates, Transposed.StateStride, scratch, Cell.StateStride, size, rows);
        }

        /// <summary>c = sum_k share k * f_k([r * h, x]): to the modules' outputs and what they read.</summary>
        private readonly void ThroughModules(int row, float* byCandidate, float* byModuleInput)
        {
            int size = Cell.Hidden, stride = Transposed.JoinedStride;
            new Span<float>(byModuleInput, stride).Clear();
            for (int k = 0; k < PicksPerStep; k++)
            {
                int pick = (row * PicksPerStep) + k;
                float share = Shares[pick];
                float* byOutput = ByOutputs + (pick * size);
                for (int i = 0; i < size; i++)
                    byOutput[i] = share * byCandidate[i];
                float* weight = Transposed.Modules + ((nint)Selection[pick] * size * stride);
                RowProducts<TWidth, TVector>.Add(byOutput, size, weight, stride, byModuleInput, size + InputSize);
            }
        }

        /// <summary>Through the softmax over the selected modules to their clean and noise logits, and on to h.</summary>
        private readonly void ThroughShares(int row, float* byCandidate, float* carried, float* byShares)
        {
            int size = Cell.Hidden, first = row * PicksPerStep;
            float mean = 0;
            for (int k = 0; k < PicksPerStep; k++)
            {
                byShares[k] = RowProducts<TWidth, TVector>.Dot(byCandidate, Outputs + ((first + k) * size), size);
                mean += Shares[first + k] * byShares[k];
            }
            float* byClean = ByGating + (row * 2 * Modules), byNoise = byClean + Modules;
            new Span<float>(byClean, 2 * Modules).Clear();
            for (int k = 0; k < PicksPerStep; k++)
            {
                int module = Selection[first + k];
                float by = Shares[first + k] * (byShares[k] - mean);
                byClean[module] = by;
                byNoise[module] = by * NoiseSlopes[first + k];
                float* weight = Transposed.Gating + (module * Transposed.StateStride);
                RowProducts<TWidth, TVector>.AddScaled(weight, by, carried, size);
                weight += Modules * Transposed.StateStride;
                RowProducts<TWidth, TVector>.AddScaled(weight, byNoise[module], carried, size);
            }
        }
    }
}
