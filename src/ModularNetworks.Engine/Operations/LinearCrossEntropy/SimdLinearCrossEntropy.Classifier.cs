using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    /// <summary>The data that the passes over one classifier share. Counts are in numbers, not bytes.</summary>
    private struct Classifier
    {
        public float* Hidden;
        public int HiddenStride;
        public int* Targets;
        public float* RowWeights;
        public float* Losses;
        public float* HiddenGradient;
        public int HiddenGradientStride;
        public float* Packed;

        /// <summary>Whether no logit is larger, either way, than <see cref="LargestBoundedLogit"/>.</summary>
        public bool IsBounded;

        public float* Scratch;
        public long ScratchCount;
        public float* WeightGradientParts;
        public int Rows;
        public int Features;
        public int Classes;

        /// <summary>Features rounded up to whole steps of the inner loops; the rest has zero weights.</summary>
        public int PaddedFeatures;

        /// <summary>Vectors of classes.</summary>
        public int ClassBlocks;

        public readonly int BlockCount => (PaddedFeatures + 1) * TWidth.Count;

        public readonly long PackedCount => (long)ClassBlocks * BlockCount;

        public static Classifier Create(Matrix hidden, Matrix weight, IndexTensor targets, Tensor losses) => new()
        {
            Hidden = hidden.Pointer,
            HiddenStride = hidden.Stride,
            Targets = targets.PointerTo(hidden.Rows, bound: weight.Columns),
            Losses = losses.PointerTo(hidden.Rows),
            Rows = hidden.Rows,
            Features = weight.Rows,
            Classes = weight.Columns,
            PaddedFeatures = Math.Max(FeatureStep, (weight.Rows + FeatureStep - 1) / FeatureStep * FeatureStep),
            ClassBlocks = (weight.Columns + TWidth.Count - 1) / TWidth.Count,
        };

        /// <summary>Copies rows, padded with zeros to whole groups and padded features.</summary>
        public readonly void CopyHidden(int firstRow, int rows, int paddedRows, float* target)
        {
            new Span<float>(target, paddedRows * PaddedFeatures).Clear();
            for (int row = 0; row < rows; row++)
            {
                new ReadOnlySpan<float>(Hidden + ((long)(firstRow + row) * HiddenStride), Features)
                    .CopyTo(new Span<float>(target + (row * PaddedFeatures), Features));
            }
        }

        /// <summary>The base-2 logit of a row's target, computed exactly as the inner loop does.</summary>
        public readonly float TargetLogit(float* hidden, int row)
        {
            int target = Targets[row];
            float* block = Packed + ((long)(target / TWidth.Count) * BlockCount);
            var logits = TWidth.Load(block + (PaddedFeatures * TWidth.Count));
            for (int f = 0; f < PaddedFeatures; f++)
            {
                var weights = TWidth.Load(block + (f * TWidth.Count));
                logits = TWidth.MultiplyAdd(weights, TWidth.Broadcast(hidden[f]), logits);
            }
            return Unsafe.Add(ref Unsafe.As<TVector, float>(ref logits), target % TWidth.Count);
        }
    }
}
