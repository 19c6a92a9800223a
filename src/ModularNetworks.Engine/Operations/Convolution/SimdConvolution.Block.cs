using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class SimdConvolution<TWidth, TVector>
{
    /// <summary>A pick of an image's rows.</summary>
    private struct ImagePick
    {
        /// <summary>The number of the pick.</summary>
        public int Pick;

        /// <summary>The place of the image's first pick of the same key: perhaps this one.</summary>
        public int First;

        /// <summary>Where what its filters give goes.</summary>
        public float* Sums;
    }

    private struct ImageBlocks : IBlockKernel
    {
        public PatchNumbers<TWidth, TVector> Numbers;
        public PickedFilters Filters;
        public float* Input;
        public int InputCount;
        public int Images;
        public int ImagesPerBlock;
        public int RowsPerImage;
        public int Positions;

        // Null if only means are asked for, or no means.
        public float* Output;
        public float* Means;
        public float Least;
        public float* Scratch;
        public nint ScratchStride;

        public readonly int ScratchFloats =>
            FloatsBeforeRows + CacheLine
            + (((FilterCount * sizeof(PatchRow)) + (PickCount * sizeof(ImagePick))) / sizeof(float));

        private readonly int PickCount => RowsPerImage * Filters.Picks;

        private readonly int FilterCount => Filters.CountFor(RowsPerImage);

        private readonly int PickFloats => Filters.Outputs * Positions;

        private readonly int FloatsBeforeRows => Numbers.Count + (Output == null ? PickCount * PickFloats : 0);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public readonly void Run(int block, int worker)
        {
            float* memory = Scratch + (worker * ScratchStride);
            new Span<float>(memory, Numbers.Count).Clear();
            var rows = RowsBehind(memory, FloatsBeforeRows);
            var picks = (ImagePick*)(rows + FilterCount);
            int end = Math.Min(Images, (block + 1) * ImagesPerBlock);
            for (int image = block * ImagesPerBlock; image < end; image++)
            {
                float* numbers = Numbers.Read(Input + ((nint)image * InputCount), memory);
                ListPicks(image, memory + Numbers.Count, picks);
                int count = ListFilters(picks, rows);
                PatchProduct<TWidth, TVector>.Run(rows, count, Filters.Size, numbers, Numbers.Places, Positions, Least);
                CopyRepeated(picks);
                if (Means != null)
                    Average(picks);
            }
        }

        /// <summary>Lists the picks of an image's rows.</summary>
        private readonly void ListPicks(int image, float* sums, ImagePick* picks)
        {
            int count = 0;
            for (int row = image; row < RowsPerImage * Images; row += Images)
            {
                for (int pick = row * Filters.Picks; pick < (row + 1) * Filters.Picks; pick++, count++)
                {
                    picks[count].Pick = pick;
                    picks[count].Sums = Output == null ? sums + (count * PickFloats) : Output + ((nint)pick * PickFloats);
                    picks[count].First = FirstOfSameKey(picks, count);
                }
            }
        }

        private readonly int FirstOfSameKey(ImagePick* picks, int last)
        {
            int key = Filters.KeyOf(picks[last].Pick), first = 0;
            while (Filters.KeyOf(picks[first].Pick) != key)
                first++;
            return first;
        }

        /// <summary>Lists the filters of the picked keys, each key once.</summary>
        private readonly int ListFilters(ImagePick* picks, PatchRow* rows)
        {
            int count = 0;
            for (int i = 0; i < PickCount; i++)
            {
                for (int output = 0; output < Filters.Outputs && picks[i].First == i; output++)
                {
                    rows[count++] = new PatchRow
                    {
                        Factors = Filters[picks[i].Pick, output],
                        Start = Filters.BiasOf(picks[i].Pick, output),
                        Sums = picks[i].Sums + (output * Positions),
                    };
                }
            }
            return count;
        }

        /// <summary>Gives the picks of a key that was picked before what its filters gave then.</summary>
        private readonly void CopyRepeated(ImagePick* picks)
        {
            for (int i = 0; i < PickCount; i++)
            {
                if (picks[i].First != i)
                    new ReadOnlySpan<float>(picks[picks[i].First].Sums, PickFloats).CopyTo(new(picks[i].Sums, PickFloats));
            }
        }

        private readonly void Average(ImagePick* picks)
        {
            float share = 1f / Positions;
            for (int i = 0; i < PickCount; i++)
            {
                float* means = Means + ((nint)picks[i].Pick * Filters.Outputs);
                for (int output = 0; output < Filters.Outputs; output++)
                    means[output] = TensorPrimitives.Sum(new ReadOnlySpan<float>(picks[i].Sums + (output * Positions), Positions)) * share;
            }
        }
    }
}
