using ModularNetworks.Engine;

namespace ModularNetworks;

internal static unsafe partial class SimdModularGruRollout<TWidth, TVector>
{
    private partial struct GruRolloutBlock
    {
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
