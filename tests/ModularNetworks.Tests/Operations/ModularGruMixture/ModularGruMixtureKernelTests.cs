using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

public sealed class ModularGruMixtureKernelTests
{
    private const double Tolerance = 2e-5;

    private static readonly int[] HiddenSizes = [1, 3, 7, 8, 9, 16, 17];
    private static readonly int[] BatchSizes = [1, 2, 7, 8, 9, 17];
    private static readonly int[] InputSizes = [1, 5, 32];
    private static readonly int[] ModuleCounts = [1, 2, 5, 8, 15, 20, 33];
    private static readonly int[] Kept = [1, 4, 2, 3];

    public static TheoryData<string> Widths => KernelWidths.All;

    [Theory]
    [MemberData(nameof(Widths))]
    public void States_and_gradients_agree_with_the_plain_kernels(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        int variant = 0;
        foreach (var sizes in AllSizes())
            AssertAgrees(kernels, sizes, noisy: variant++ % 3 != 0);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void States_and_gradients_agree_for_every_size_of_a_state(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        for (int hidden = 1; hidden <= 256; hidden += hidden < 70 ? 1 : 31)
            AssertAgrees(kernels, new ModularGruSizes(Steps: 2, Batch: 2, hidden, Inputs: 2, Picks: 2, Modules: 3), noisy: true);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void States_and_gradients_agree_for_every_number_of_modules(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        for (int modules = 1; modules <= 70; modules++)
        {
            int picks = Math.Min(4, modules);
            AssertAgrees(kernels, new ModularGruSizes(Steps: 2, Batch: 3, Hidden: 3, Inputs: 2, picks, modules), noisy: true);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_number_of_threads_does_not_change_a_bit(string width)
    {
        var sizes = new ModularGruSizes(Steps: 3, Batch: 33, Hidden: 9, Inputs: 5, Picks: 3, Modules: 5);
        using var one = new WorkerPool(1);
        var expected = new ModularGruMixtureCase(KernelWidths.Create(width, one), sizes);
        expected.Run();
        for (int threads = 2; threads <= 3; threads++)
        {
            using var workers = new WorkerPool(threads);
            var actual = new ModularGruMixtureCase(KernelWidths.Create(width, workers), sizes);
            actual.Run();
            foreach (var (wanted, got) in expected.Results.Zip(actual.Results))
                Assert.True(wanted.Tensor.HasSameBits(got.Tensor), $"{threads} threads: {wanted.Name}");
            Assert.Equal(expected.States.Selection.Values.ToArray(), actual.States.Selection.Values.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Repeated_calls_allocate_nothing(string width)
    {
        using var workers = new WorkerPool(2);
        var sizes = new ModularGruSizes(Steps: 3, Batch: 33, Hidden: 9, Inputs: 5, Picks: 3, Modules: 5);
        var run = new ModularGruMixtureCase(KernelWidths.Create(width, workers), sizes);
        Allocations.AssertNone(run.Run);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_logit_that_is_not_a_number_is_seen_in_the_states(string width)
    {
        using var workers = new WorkerPool(1);
        var sizes = new ModularGruSizes(Steps: 1, Batch: 2, Hidden: 3, Inputs: 2, Picks: 2, Modules: 5);
        for (int place = 0; place < 2 * sizes.Modules; place++)
        {
            var run = new ModularGruMixtureCase(KernelWidths.Create(width, workers), sizes);
            run.Mixture.GatingInputs.Values[place] = float.NaN;
            run.Run();
            Assert.True(float.IsNaN(run.States.Unit.Hidden.Values[0]), $"logit {place}");
            Assert.False(float.IsNaN(run.States.Unit.Hidden.Values[sizes.Hidden]));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Noise_of_no_deviation_changes_nothing(string width)
    {
        using var workers = new WorkerPool(1);
        var sizes = new ModularGruSizes(Steps: 3, Batch: 4, Hidden: 3, Inputs: 2, Picks: 2, Modules: 5);
        var quiet = new ModularGruMixtureCase(KernelWidths.Create(width, workers), sizes, noisy: false);
        var noisy = new ModularGruMixtureCase(KernelWidths.Create(width, workers), sizes);
        for (int i = 0; i < noisy.Mixture.GatingInputs.Values.Length; i++)
        {
            if (i % (2 * sizes.Modules) >= sizes.Modules)
                noisy.Mixture.GatingInputs.Values[i] = -1e4f;
        }
        quiet.Run();
        noisy.Run();
        Assert.True(quiet.States.Unit.Hidden.HasSameBits(noisy.States.Unit.Hidden));
        Assert.True(quiet.Gradients.Initial.HasSameBits(noisy.Gradients.Initial));
    }

    private static void AssertAgrees(Kernels kernels, ModularGruSizes sizes, bool noisy)
    {
        var expected = new ModularGruMixtureCase(new PlainKernels<double>(kernels.Workers), sizes, noisy);
        var actual = new ModularGruMixtureCase(kernels, sizes, noisy);
        expected.Run();
        actual.Run();
        // No logits of these keys are so close to each other that rounding could change their order.
        Assert.Equal(expected.States.Selection.Values.ToArray(), actual.States.Selection.Values.ToArray());
        foreach (var (wanted, got) in expected.Results.Zip(actual.Results))
            RandomTensors.AssertNear(wanted.Tensor, got.Tensor, Tolerance, $"{sizes}: {wanted.Name}");
    }

    private static IEnumerable<ModularGruSizes> AllSizes()
    {
        int variant = 0;
        foreach (int hidden in HiddenSizes)
        {
            foreach (int batch in BatchSizes)
            {
                int modules = ModuleCounts[variant % ModuleCounts.Length];
                int picks = Math.Min(Kept[variant % Kept.Length], modules);
                yield return new ModularGruSizes(
                    Steps: 1 + (variant % 4), batch, hidden, InputSizes[variant % InputSizes.Length], picks, modules)
                {
                    Function = variant % 2 == 0 ? StateActivation.Relu : StateActivation.Tanh,
                };
                variant++;
            }
        }
    }
}
