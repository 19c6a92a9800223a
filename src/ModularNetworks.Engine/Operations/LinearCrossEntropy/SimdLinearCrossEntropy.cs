namespace ModularNetworks.Engine;

// The softmax classifier. Weights are packed once per call, times log2 e, so that exponentials are powers of two:
// [class block][padded features, then the bias][lane], a class block being one vector of classes. Rows are taken four at
// a time ("a group"), which is how many logit vectors the inner loop keeps in registers. Only the exponentials of one
// row block are ever held.
//
// If a bound of all logits, found while the weights are packed, is small enough, exponentials are taken as they are. If
// not, each row's are taken relative to the target's logit z: sum_c 2^(z_c - z). That needs no pass for the maximum
// either, and cannot underflow, as the target's own term is 1. If the sum grows beyond what is safe, the rows are done again
// relative to their exact maximum.
internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const int GroupRows = 4;
    private const float Log2E = 1.44269504088896341f;
    private const float Ln2 = 0.693147180559945309f;

    // 2^40, reached by a loss of 28 nats: far enough from overflow, and near enough to 1 that the smallest power over the
    // sum is a normal number.
    private const float LargestSafeSum = 1.0995116e12f;

    // Powers of two are no smaller than that of this: 10,000 of them add 5e-16 to a sum of at least 1. Smaller ones would
    // make products denormal, and arithmetic on those is a hundred times slower.
    private const float LeastExponent = -64;

    // Bias of the lanes behind the last class, whose powers are the smallest.
    private const float AbsentClassBias = -1e30f;

    // Powers of bounded logits are from 2^-40 to 2^40: their sum is finite, and the smallest over the sum is a normal number.
    private const float LargestBoundedLogit = 40;

    // Of bounded logits: the powers are too small to change a sum of others, and large enough to be normal numbers over the sum.
    private const float AbsentBoundedBias = -76;

    public static void Losses(
        Kernels kernels, Matrix hidden, Matrix weight, Tensor bias, IndexTensor targets, Tensor losses)
    {
        var scratch = Kernels.Keep<CrossEntropyScratch>();
        var task = Classifier.Create(hidden, weight, targets, losses);
        task.Packed = scratch.Weights.Reserve(PackedAndBoundsCount(task));
        task.ScratchCount = LossKernel.ScratchCount(task);
        task.Scratch = scratch.Workers.Reserve(task.ScratchCount * kernels.Workers.ThreadCount);
        Pack(kernels, ref task, weight, bias);
        kernels.Workers.Run(Kernels.CountBlocks(task.Rows, LossKernel.RowsPerRun), new LossKernel { Task = task });
    }

    public static void Gradients(Kernels kernels, in LinearCrossEntropyArguments arguments)
    {
        var scratch = Kernels.Keep<CrossEntropyScratch>();
        var task = Classifier.Create(arguments.Hidden, arguments.Weight, arguments.Targets, arguments.Losses);
        task.Packed = scratch.Weights.Reserve(PackedAndBoundsCount(task));
        task.RowWeights = arguments.RowWeights is null ? null : arguments.RowWeights.PointerTo(task.Rows);
        task.HiddenGradient = arguments.HiddenGradient.Pointer;
        task.HiddenGradientStride = arguments.HiddenGradient.Stride;
        task.ScratchCount = GradientKernel.ScratchCount(task);
        task.Scratch = scratch.Workers.Reserve(task.ScratchCount * kernels.Workers.ThreadCount);
        int parts = GradientKernel.PartCount(task.Rows);
        task.WeightGradientParts = scratch.GradientParts.Reserve(task.PackedCount * parts);
        Pack(kernels, ref task, arguments.Weight, arguments.Bias);
        kernels.Workers.Run(parts, new GradientKernel { Task = task, Parts = parts });
        var sum = new SumPartsKernel
        {
            Task = task,
            Parts = parts,
            WeightGradient = arguments.WeightGradient.Pointer,
            WeightGradientStride = arguments.WeightGradient.Stride,
            BiasGradient = arguments.BiasGradient.PointerTo(task.Classes),
        };
        kernels.Workers.Run(SumPartsKernel.BlockCount(task), sum);
    }
}
