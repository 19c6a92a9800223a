using ModularNetworks.Engine;

namespace ModularNetworks;

internal static unsafe partial class SimdModularGruRollout<TWidth, TVector>
{
    /// <summary>A few candidates from the first step to the last.</summary>
    private struct GruRolloutBlock : IBlockKernel
    {
        public GruCell<TWidth, TVector> Cell;
        public float* Scratch;
        public nint ScratchStride;
        public int LogitStride;
        public int Batch;
        public int Steps;
        public int Candidates;
        public int Picks;
        public int Modules;
        public int InputSize;
        public float* GateInputs;
        public float* Initial;
        public float* Inputs;
        public float* InputWeight;
        public float* ModuleBias;
        public float* ControllerInputs;
        public float* ControllerWeight;
        public int ControllerStride;
        public int* First;
        public bool Samples;
        public RandomKey Key;
        public float* Hidden;
        public int* Selection;
        public float* LogProbability;

        public readonly void Run(int block, int worker)
        {
            float* scratch = Scratch + (worker * ScratchStride);
            int first = block * GruCell<TWidth, TVector>.Sequences, sequences = Candidates * Batch;
            int rows = Math.Min(GruCell<TWidth, TVector>.Sequences, sequences - first), size = Cell.Hidden;
            double* logProbability = stackalloc double[GruCell<TWidth, TVector>.Sequences];
            for (int r = 0; r < rows; r++)
            {
                logProbability[r] = 0;
                float* state = scratch + (r * Cell.StateStride);
                RowProducts<TWidth, TVector>.Copy(Initial + ((first + r) % Batch * size), state, size);
            }
            for (int t = 0; t < Steps; t++)
                Step(scratch, t, first, rows, logProbability);
            for (int r = 0; r < rows; r++)
                LogProbability[first + r] = (float)logProbability[r];
        }

        private readonly void Step(float* scratch, int t, int first, int rows, double* logProbability)
        {
            int size = Cell.Hidden, row = (t * Candidates * Batch) + first;
            Select(scratch, t, first, rows, logProbability);
            for (int r = 0; r < rows; r++)
            {
                int inputRow = (t * Batch) + ((first + r) % Batch);
                float* gates = Cell.Gates(scratch) + (r * Cell.GateRowStride);
                RowProducts<TWidth, TVector>.Copy(GateInputs + (inputRow * 2 * size), gates, 2 * size);
            }
            Cell.OpenGates(scratch, rows);
            for (int r = 0; r < rows; r++)
            {
                int inputRow = (t * Batch) + ((first + r) % Batch);
                int* picks = Selection + ((row + r) * Picks);
                AddInputs(inputRow, picks, Cell.Proposals(scratch) + (r * Cell.StateStride));
                Cell.AddModules(scratch, r, picks, Picks);
            }
            Cell.Update(scratch, rows);
            RowProducts<TWidth, TVector>.Scatter(scratch, Cell.StateStride, Hidden + (row * size), size, rows);
        }

        /// <summary>The selected modules' share of the inputs and biases.</summary>
        private readonly void AddInputs(int inputRow, int* picks, float* proposal)
        {
            int size = Cell.Hidden;
            new Span<float>(proposal, size).Clear();
            for (int k = 0; k < Picks; k++)
            {
                float* weight = InputWeight + (picks[k] * Cell.ModuleStride), bias = ModuleBias + (picks[k] * size);
                for (int i = 0; i < size; i++)
                    proposal[i] += bias[i];
                RowProducts<TWidth, TVector>.Add(Inputs + (inputRow * InputSize), InputSize, weight, size, proposal, size);
            }
        }

        /// <summary>Chooses the modules of every row, and adds the log-probability of the choice.</summary>
        private readonly void Select(float* scratch, int t, int first, int rows, double* logProbability)
        {
            int choices = Picks * Modules;
            float* logits = scratch + Cell.ScratchFloats;
            float* weights = logits + (GruCell<TWidth, TVector>.Sequences * LogitStride);
            for (int r = 0; r < rows; r++)
            {
                int inputRow = (t * Batch) + ((first + r) % Batch);
                RowProducts<TWidth, TVector>.Copy(ControllerInputs + (inputRow * choices), logits + (r * LogitStride), choices);
            }
            RowProducts<TWidth, TVector>.AddShared(
                scratch, Cell.StateStride, Cell.Hidden, ControllerWeight, ControllerStride, logits, LogitStride, choices, rows);
            for (int r = 0; r < rows; r++)
            {
                for (int k = 0; k < Picks; k++)
                    SubtractMaximum(new Span<float>(logits + (r * LogitStride) + (k * Modules), Modules));
            }
            for (int i = 0; i < rows * LogitStride; i += TWidth.Count)
                TWidth.Store(VectorMath<TWidth, TVector>.Exp(TWidth.Load(logits + i)), weights + i);
            for (int r = 0; r < rows; r++)
            {
                for (int k = 0; k < Picks; k++)
                    logProbability[r] += Choose(logits + (r * LogitStride), weights + (r * LogitStride), t, first + r, k);
            }
        }

        /// <summary>Chooses one module, unless it is given; returns its log-probability.</summary>
        private readonly double Choose(float* logits, float* weights, int t, int sequence, int k)
        {
            int offset = k * Modules, row = (t * Candidates * Batch) + sequence;
            var shares = new ReadOnlySpan<float>(weights + offset, Modules);
            float total = 0;
            foreach (float share in shares)
                total += share;
            ref int pick = ref Selection[(row * Picks) + k];
            if (First != null && sequence < Batch)
                pick = First[(((t * Batch) + sequence) * Picks) + k];
            else if (Samples)
                pick = CategoricalDraw.Sample(shares, total, Key.Uniform((ulong)((row * Picks) + k)));
            else
                pick = CategoricalDraw.MostProbable(new ReadOnlySpan<float>(logits + offset, Modules));
            return logits[offset + pick] - MathF.Log(total);
        }

        private static void SubtractMaximum(Span<float> logits)
        {
            float maximum = logits[CategoricalDraw.MostProbable<float>(logits)];
            for (int i = 0; i < logits.Length; i++)
                logits[i] -= maximum;
        }
    }
}
