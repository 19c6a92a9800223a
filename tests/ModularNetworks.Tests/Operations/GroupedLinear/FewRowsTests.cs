using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

/// <summary>Modules large enough that those of few picks are not packed, with every number of picks from 1 to 20.</summary>
public sealed class FewRowsTests
{
    private const int Modules = 20;
    private const int FirstInput = 3;

    // K, inputs, outputs.
    private static readonly (int Picks, int Inputs, int Outputs)[] Sizes =
    [
        (1, 64, 64), (1, 67, 79), (2, 61, 68), (3, 62, 133), (5, 1, 4097), (1, 63, 65), (2, 256, 96),
    ];

    public static TheoryData<string> Widths => KernelWidths.All;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Results_are_as_defined_whatever_the_number_of_threads(string width)
    {
        using var one = new WorkerPool(1);
        using var three = new WorkerPool(3);
        foreach (var size in Sizes)
        {
            foreach (bool biased in (bool[])[false, true])
            {
                var expected = Results(new PlainKernels<double>(one), size, biased);
                var actual = Results(KernelWidths.Create(width, one), size, biased);
                var shared = Results(KernelWidths.Create(width, three), size, biased);
                for (int i = 0; i < expected.Length; i++)
                {
                    int terms = 2 * ((size.Picks * size.Outputs) + size.Inputs + Modules);
                    RandomTensors.AssertClose(expected[i], actual[i], terms, $"result {i} of {size}");
                    Assert.True(actual[i].HasSameBits(shared[i]), $"result {i} of {size}");
                }
            }
        }
    }

    // Module m has m + 1 picks, scattered over the rows; one module has none.
    private static IndexTensor Selection(int picks)
    {
        var lists = Enumerable.Range(0, Modules).Select(module => Enumerable.Repeat(module + module / 9, module + 1));
        int[] modules = [.. lists.SelectMany(list => list)];
        Array.Sort([.. modules.Select((_, i) => RandomKey.FromSeed(9).Below((ulong)i, 1 << 20))], modules);
        return IndexTensor.From(new Shape(modules.Length / picks, picks), modules);
    }

    private static Tensor[] Results(Kernels kernels, (int Picks, int Inputs, int Outputs) size, bool biased)
    {
        const int AllModules = Modules + 3;
        var (picks, inputs, outputs) = size;
        var groups = RowGroups.Sort(new Tape(kernels), Selection(picks), AllModules);
        int count = groups.Picks.Shape.Count;
        int allInputs = inputs + FirstInput + 1;
        var input = Matrix.Of(Random(1, count / picks, allInputs)).ColumnRange(1, inputs);
        var weight = new MatrixStack(Random(2, AllModules, allInputs, outputs), FirstInput, inputs);
        var gradient = Matrix.Of(Random(3, count, outputs));
        var bias = biased ? Random(4, AllModules, outputs) : null;
        Tensor[] results =
        [
            Random(5, count, outputs), Random(6, count / picks, allInputs), Random(7, AllModules, allInputs, outputs),
            Random(8, AllModules, outputs),
        ];
        kernels.GroupedProduct(groups, input, weight, bias, Matrix.Of(results[0]));
        kernels.GroupedProductInputGradient(groups, gradient, weight, Matrix.Of(results[1]).ColumnRange(2, inputs));
        kernels.GroupedProductWeightGradient(groups, input, gradient, weight.In(results[2]), biased ? results[3] : null);
        return results;

        Tensor Random(ulong seed, params ReadOnlySpan<int> sizes)
        {
            var tensor = RandomTensors.Normal(RandomKey.FromSeed(seed), sizes);
            return kernels.Precision == Precision.Double ? tensor.ToDouble() : tensor;
        }
    }
}
