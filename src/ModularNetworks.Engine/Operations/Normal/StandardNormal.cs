using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>Operations on normal distributions.</summary>
public static partial class NormalOperations
{
    /// <summary>Standard normal numbers: element <c>i</c> is normal number <c>i</c> of the key. Has no gradient.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="shape">Any shape.</param>
    /// <param name="key">Decides the numbers.</param>
    public static Tensor StandardNormal(this Tape tape, Shape shape, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var output = tape.Rent(shape);
        if (tape.Precision == Precision.Single)
            NormalNumbers.Fill<float>(tape, output, key);
        else
            NormalNumbers.Fill<double>(tape, output, key);
        return output;
    }
}

/// <summary>Many of the numbers of <see cref="RandomKey.Normal"/> at once.</summary>
internal static unsafe class NormalNumbers
{
    private const int PairsPerBlock = 2048;

    // What a vectorised function sees at once: small enough for temporaries on the stack.
    private const int ChunkPairs = 128;

    public static void Fill<T>(Tape tape, Tensor output, RandomKey key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = output.Shape.Count, pairs = (count + 1) / 2;
        fixed (T* y = output.As<T>(count))
            tape.Kernels.Workers.Run((pairs + PairsPerBlock - 1) / PairsPerBlock, new Block<T>(y, count, key));
    }

    private readonly struct Block<T>(T* output, int count, RandomKey key) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            Span<double> radii = stackalloc double[ChunkPairs], angles = stackalloc double[ChunkPairs];
            Span<double> cosines = stackalloc double[ChunkPairs], sines = stackalloc double[ChunkPairs];
            int end = Math.Min((count + 1) / 2, (block + 1) * PairsPerBlock);
            for (int first = block * PairsPerBlock; first < end; first += ChunkPairs)
            {
                // Whole chunks go through the functions, so that no number depends on how many there are.
                key.NormalPairs((ulong)first, radii, angles);
                TensorPrimitives.Log(radii, radii);
                TensorPrimitives.Multiply(radii, -2, radii);
                TensorPrimitives.Sqrt(radii, radii);
                TensorPrimitives.Cos(angles, cosines);
                TensorPrimitives.Sin(angles, sines);
                TensorPrimitives.Multiply(radii, cosines, cosines);
                TensorPrimitives.Multiply(radii, sines, sines);
                Write(2 * first, Math.Min(ChunkPairs, end - first), cosines, sines);
            }
        }

        /// <summary>Writes pair by pair; an odd count leaves out the last number.</summary>
        private void Write(int start, int pairs, ReadOnlySpan<double> cosines, ReadOnlySpan<double> sines)
        {
            for (int i = 0; i < pairs; i++)
            {
                int place = start + (2 * i);
                output[place] = T.CreateTruncating(cosines[i]);
                if (place + 1 < count)
                    output[place + 1] = T.CreateTruncating(sines[i]);
            }
        }
    }
}
