using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

public sealed class ModularGruKernelTests
{
    private const double Tolerance = 2e-5;

    private static readonly int[] HiddenSizes = [1, 3, 7, 8, 9, 16, 17];
    private static readonly int[] BatchSizes = [1, 2, 7, 8, 9, 17];
    private static readonly int[] InputSizes = [1, 5, 32];
    private static readonly int[] ModuleCounts = [1, 2, 5, 20];

    public static TheoryData<string> Widths => KernelWidths.All;

    public static TheoryData<string, bool> WidthsAndGates =>
        [.. KernelWidths.All.SelectMany(row => new[] { (row.Data, false), (row.Data, true) })];

    private static RandomKey Key => RandomKey.FromSeed(11);

    [Theory]
    [MemberData(nameof(Widths))]
    public void States_and_gradients_agree_with_the_plain_kernels(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        foreach (var sizes in AllSizes())
        {
            var expected = new ModularGruCase(new PlainKernels<double>(workers), sizes);
            var actual = new ModularGruCase(kernels, sizes);
            expected.Run();
            actual.Run();
            foreach (var (wanted, got) in expected.Results.Zip(actual.Results))
                RandomTensors.AssertNear(wanted.Tensor, got.Tensor, Tolerance, $"{sizes}: {wanted.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_rollout_uses_the_given_modules_and_draws_the_others_with_their_probability(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        foreach (var sizes in AllSizes())
        {
            var actual = new ModularGruCase(kernels, sizes);
            actual.RollOut(actual.Given, Key);
            Assert.Equal(actual.Given.Values.ToArray(), actual.SelectionOf(0).Values.ToArray());
            AssertScoresAgree(actual, sizes);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Without_given_modules_every_candidate_is_drawn(string width)
    {
        using var workers = new WorkerPool(1);
        var sizes = new ModularGruSizes(Steps: 5, Batch: 9, Hidden: 8, Inputs: 5, Picks: 2, Modules: 5);
        var actual = new ModularGruCase(KernelWidths.Create(width, workers), sizes);
        actual.RollOut(first: null, Key);
        AssertScoresAgree(actual, sizes);
        Assert.NotEqual(actual.SelectionOf(0).Values.ToArray(), actual.SelectionOf(1).Values.ToArray());
        var plain = new ModularGruCase(new PlainKernels<double>(workers), sizes);
        plain.RollOut(first: null, Key);
        // No draw of this key falls close to the border between two modules.
        Assert.Equal(plain.Selection.Values.ToArray(), actual.Selection.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Without_a_key_the_most_probable_modules_are_taken(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        foreach (int modules in ModuleCounts)
        {
            var sizes = new ModularGruSizes(Steps: 4, Batch: 9, Hidden: 8, Inputs: 5, Picks: 2, modules) { Candidates = 1 };
            var actual = new ModularGruCase(kernels, sizes);
            var expected = new ModularGruCase(new PlainKernels<double>(workers), sizes);
            actual.RollOut(first: null, key: null);
            expected.RollOut(first: null, key: null);
            Assert.Equal(expected.Selection.Values.ToArray(), actual.Selection.Values.ToArray());
            AssertScoresAgree(actual, sizes);
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndGates))]
    public void The_number_of_threads_does_not_change_a_bit(string width, bool hasModularGates)
    {
        var sizes = new ModularGruSizes(Steps: 3, Batch: 33, Hidden: 9, Inputs: 5, Picks: 2, Modules: 5)
        {
            HasModularGates = hasModularGates,
        };
        using var one = new WorkerPool(1);
        var expected = new ModularGruCase(KernelWidths.Create(width, one), sizes);
        expected.Run();
        expected.RollOut(expected.Given, Key);
        for (int threads = 2; threads <= 3; threads++)
        {
            using var workers = new WorkerPool(threads);
            var actual = new ModularGruCase(KernelWidths.Create(width, workers), sizes);
            actual.Run();
            actual.RollOut(actual.Given, Key);
            foreach (var (wanted, got) in expected.Results.Zip(actual.Results))
                Assert.True(wanted.Tensor.HasSameBits(got.Tensor), $"{threads} threads: {wanted.Name}");
            Assert.True(expected.Hidden.HasSameBits(actual.Hidden));
            Assert.True(expected.LogProbability.HasSameBits(actual.LogProbability));
            Assert.Equal(expected.Selection.Values.ToArray(), actual.Selection.Values.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndGates))]
    public void Repeated_calls_allocate_nothing(string width, bool hasModularGates)
    {
        using var workers = new WorkerPool(2);
        var sizes = new ModularGruSizes(Steps: 3, Batch: 33, Hidden: 9, Inputs: 5, Picks: 2, Modules: 5)
        {
            HasModularGates = hasModularGates,
        };
        var run = new ModularGruCase(KernelWidths.Create(width, workers), sizes);
        Allocations.AssertNone(() =>
        {
            run.Run();
            run.RollOut(run.Given, Key);
        });
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_weight_that_is_not_a_number_is_seen_in_the_states(string width)
    {
        Assert.Equal(0.5f, StateOfOneUnit(width, gateWeight: 0, moduleWeight: 0));
        Assert.Equal(float.NaN, StateOfOneUnit(width, gateWeight: 0, moduleWeight: float.NaN));
        Assert.Equal(float.NaN, StateOfOneUnit(width, gateWeight: float.NaN, moduleWeight: 0));
    }

    /// <summary>The state after 1 in a unit of size 1 without inputs.</summary>
    private static float StateOfOneUnit(string width, float gateWeight, float moduleWeight)
    {
        using var workers = new WorkerPool(1);
        var one = new Shape(1, 1);
        var input = new ModularGruInput(
            Tensor.Allocate(new Shape(1, 2)),
            Tensor.From(one, [1]),
            GruGateWeight.Of(Tensor.From(new Shape(1, 2), [gateWeight, gateWeight]), hidden: 1),
            MatrixStack.Of(Tensor.From(new Shape(1, 1, 1), [moduleWeight])));
        var states = new ModularGruStates(Tensor.Allocate(one), Tensor.Allocate(new Shape(1, 2)), Tensor.Allocate(one));
        KernelWidths.Create(width, workers).ModularGru(input, IndexTensor.Allocate(one), Tensor.Allocate(one), states);
        return states.Hidden.Values[0];
    }

    private static IEnumerable<ModularGruSizes> AllSizes()
    {
        int variant = 0;
        foreach (int hidden in HiddenSizes)
        {
            foreach (int batch in BatchSizes)
            {
                int inputs = InputSizes[variant % InputSizes.Length], modules = ModuleCounts[variant % ModuleCounts.Length];
                yield return new ModularGruSizes(Steps: 1 + (variant % 4), batch, hidden, inputs, 1 + (variant % 3), modules)
                {
                    Function = variant % 2 == 0 ? StateActivation.Relu : StateActivation.Tanh,
                    HasModularGates = variant % 5 is 1 or 4,
                };
                variant++;
            }
        }
    }

    /// <summary>Feeds each candidate's modules to the plain kernels, and compares states and log-probabilities.</summary>
    private static void AssertScoresAgree(ModularGruCase actual, ModularGruSizes sizes)
    {
        using var workers = new WorkerPool(1);
        var plain = new ModularGruCase(new PlainKernels<double>(workers), sizes with { Candidates = 1 });
        for (int candidate = 0; candidate < sizes.Candidates; candidate++)
        {
            plain.RollOut(actual.SelectionOf(candidate), key: null);
            double[] wanted = plain.NumbersOf(0), got = actual.NumbersOf(candidate);
            Assert.Equal(wanted.Length, got.Length);
            for (int i = 0; i < wanted.Length; i++)
            {
                double error = Math.Abs(got[i] - wanted[i]);
                Assert.True(
                    error <= Tolerance * (1 + Math.Abs(wanted[i])),
                    $"{sizes}, candidate {candidate}, number {i}: expected {wanted[i]}, got {got[i]}");
            }
        }
    }
}
