namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    /// <summary>The work on one block of rows, in the scratch memory of one worker.</summary>
    private readonly struct RowBlock(in Classifier task, float* scratch, float* part)
    {
        private readonly Classifier _task = task;
        private readonly float* _part = part;
        private readonly float* _references = scratch;
        private readonly float* _sums = scratch + BlockRows;
        private readonly float* _hidden = scratch + BlockRows + (BlockRows * TWidth.Count);

        // [group, features / 2, 4 rows x 2 features, lanes]
        private readonly float* _hiddenGradient = scratch + CountBeforeHiddenGradient(task);

        // [features / 8, rows, 9]
        private readonly float* _coefficients = scratch + CountBeforeCoefficients(task);

        // [groups, class blocks, 4 rows, lanes]
        private readonly float* _powers = scratch + CountBeforePowers(task);

        public static int CountBeforePowers(in Classifier task) =>
            CountBeforeCoefficients(task) + (task.PaddedFeatures / FeatureStep * BlockRows * (FeatureStep + 1));

        /// <summary>The distance between the powers of two groups of rows.</summary>
        public static int GroupStride(in Classifier task) => (task.ClassBlocks * GroupRows * TWidth.Count) + SpareBetweenGroups;

        public void Run(int firstRow, int rows)
        {
            int padded = Kernels.CountBlocks(rows, GroupRows) * GroupRows;
            _task.CopyHidden(firstRow, rows, padded, _hidden);
            new Span<float>(_references, padded).Clear();
            if (_task.IsBounded)
                AddPowersOfAllClasses<BoundedPowers>(padded);
            else
                AddRelativePowers(firstRow, rows, padded);
            for (int row = 0; row < padded; row++)
                Finish(firstRow, row, isPresent: row < rows);
            AddWeightGradient(firstRow, rows, padded / GroupRows);
        }

        private static int CountBeforeHiddenGradient(in Classifier task) =>
            BlockRows + (BlockRows * (TWidth.Count + task.PaddedFeatures));

        private static int CountBeforeCoefficients(in Classifier task) =>
            CountBeforeHiddenGradient(task) + (BlockRows * task.PaddedFeatures * TWidth.Count);

        private float* Hidden(int row) => _hidden + (row * _task.PaddedFeatures);

        private float TargetLogit(int firstRow, int row) => _task.TargetLogit(Hidden(row), firstRow + row);

        private void AddRelativePowers(int firstRow, int rows, int padded)
        {
            for (int row = 0; row < padded; row++)
                _references[row] = row < rows ? TargetLogit(firstRow, row) : -AbsentClassBias;
            AddPowersOfAllClasses<RelativePowers>(padded);
            if (AreSafe(rows, _sums))
                return;
            for (int row = 0; row < padded; row += GroupRows)
                LargestLogits(Hidden(row), _task.PaddedFeatures, _task.Packed, _task.ClassBlocks, _references + row);
            AddPowersOfAllClasses<RelativePowers>(padded);
        }

        private void AddPowersOfAllClasses<TPowers>(int rows)
            where TPowers : struct, IPowers
        {
            int features = _task.PaddedFeatures;
            int lanes = TWidth.Count;
            int chunk = ChunkBlocks(features, GroupRows);
            new Span<float>(_sums, rows * lanes).Clear();
            new Span<float>(_hiddenGradient, rows * features * lanes).Clear();
            for (int start = 0; start < _task.ClassBlocks; start += chunk)
            {
                int blocks = Math.Min(chunk, _task.ClassBlocks - start);
                float* packed = _task.Packed + ((long)start * _task.BlockCount);
                for (int row = 0; row < rows; row += GroupRows)
                {
                    float* powers = _powers + ((long)(row / GroupRows) * GroupStride(_task)) + (start * GroupRows * lanes);
                    AddPowers<TPowers>(
                        Hidden(row), features, packed, blocks, _references + row, _sums + (row * lanes),
                        powers, GroupRows * lanes);
                    AddHiddenGradient(
                        powers, GroupRows * lanes, packed, blocks, features,
                        _hiddenGradient + (row * features * lanes));
                }
            }
        }

        /// <summary>Writes a row's loss and hidden gradient, and prepares its part in the weight gradient.</summary>
        private void Finish(int firstRow, int row, bool isPresent)
        {
            float* hidden = Hidden(row);
            float sum = TWidth.Sum(TWidth.Load(_sums + (row * TWidth.Count)));
            float rowWeight = !isPresent ? 0 : _task.RowWeights == null ? 1 : _task.RowWeights[firstRow + row];
            float scale = isPresent ? rowWeight / sum : 0;
            for (int f = 0; f < _task.PaddedFeatures; f++)
                *Coefficient(f / FeatureStep, row, f % FeatureStep) = hidden[f] * scale;
            for (int step = 0; step < _task.PaddedFeatures / FeatureStep; step++)
                *Coefficient(step, row, FeatureStep) = step == 0 ? scale : 0;
            if (!isPresent)
                return;
            _task.Losses[firstRow + row] = Loss(sum, _references[row], TargetLogit(firstRow, row));
            int target = _task.Targets[firstRow + row];
            float* weight = TargetLane(_task.Packed, target);
            float* gradient = _task.HiddenGradient + ((long)(firstRow + row) * _task.HiddenGradientStride);
            for (int f = 0; f < _task.Features; f++)
            {
                // The packed weights are in base 2.
                float expected = HiddenGradientSum(row, f) * scale;
                gradient[f] = Ln2 * (expected - (rowWeight * weight[f * TWidth.Count]));
            }
        }

        private float HiddenGradientSum(int row, int f)
        {
            int group = row / GroupRows;
            int vector =
                (group * GroupRows * _task.PaddedFeatures) + (f / 2 * 2 * GroupRows) + (row % GroupRows * 2) + (f % 2);
            return TWidth.Sum(TWidth.Load(_hiddenGradient + (vector * TWidth.Count)));
        }

        private float* Coefficient(int step, int row, int f) =>
            _coefficients + (((step * BlockRows) + row) * (FeatureStep + 1)) + f;

        private float* TargetLane(float* packed, int target) =>
            packed + ((long)(target / TWidth.Count) * _task.BlockCount) + (target % TWidth.Count);

        private void AddWeightGradient(int firstRow, int rows, int groups)
        {
            int lanes = TWidth.Count;
            int features = _task.PaddedFeatures;
            for (int f = 0; f < features; f += FeatureStep)
            {
                AddOuterProducts(
                    _powers, groups, GroupStride(_task), _task.ClassBlocks, Coefficient(f / FeatureStep, 0, 0),
                    _part + (f * lanes), _part + (features * lanes), _task.BlockCount);
            }
            for (int row = 0; row < rows; row++)
            {
                float rowWeight = _task.RowWeights == null ? 1 : _task.RowWeights[firstRow + row];
                float* lane = TargetLane(_part, _task.Targets[firstRow + row]);
                for (int f = 0; f < features; f++)
                    lane[f * lanes] -= rowWeight * Hidden(row)[f];
                lane[features * lanes] -= rowWeight;
            }
        }
    }
}
