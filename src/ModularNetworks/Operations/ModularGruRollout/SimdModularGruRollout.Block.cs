using ModularNetworks.Engine;

namespace ModularNetworks;

internal static unsafe partial class SimdModularGruRollout<TWidth, TVector>
{
    /// <summary>A few candidates from the first step to the last.</summary>
    private partial struct GruRolloutBlock : IBlockKernel
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
        public float* GateInputWeight;
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
                StartGates(inputRow, Selection + ((row + r) * Picks), Cell.Gates(scratch) + (r * Cell.GateRowStride));
            }
            Cell.OpenGates(scratch, rows, Selection + (row * Picks), Picks);
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

        /// <summary>The inputs' share of the gates, computed before or with the selected modules.</summary>
        private readonly void StartGates(int inputRow, int* picks, float* gates)
        {
            int count = 2 * Cell.Hidden;
            if (Cell.SharesGates)
            {
                RowProducts<TWidth, TVector>.Copy(GateInputs + (inputRow * count), gates, count);
                return;
            }
            new Span<float>(gates, count).Clear();
            for (int k = 0; k < Picks; k++)
            {
                float* weight = GateInputWeight + (picks[k] * Cell.GateModuleStride);
                RowProducts<TWidth, TVector>.Add(Inputs + (inputRow * InputSize), InputSize, weight, count, gates, count);
            }
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
    }
}
