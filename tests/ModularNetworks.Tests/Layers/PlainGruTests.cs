using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>The modular GRU without a fused kernel against the one with it, on the same modules and controllers.</summary>
public sealed class PlainGruTests
{
    private const int Batch = 3;

    private static readonly RandomKey Key = RandomKey.FromSeed(37);
    private static readonly SequenceSizes Sizes = new(Items: 7, Embedding: 3, Hidden: 4, Modules: 5, Picks: 2, Steps: 4);

    public static TheoryData<int, int> PicksAndFamilies => new() { { 1, 0 }, { 2, 0 }, { 3, 3 } };

    public static TheoryData<int, bool, double> Mixtures => new()
    {
        { 1, true, 0 }, { 2, true, 0 }, { 4, false, 0 }, { 9, true, 0 }, { 1, true, 0.7 }, { 3, true, 0.7 },
    };

    [Theory]
    [MemberData(nameof(PicksAndFamilies))]
    public void Given_modules_have_the_values_and_gradients_of_the_fused_unit(int picks, int families)
    {
        var sizes = Sizes with { Picks = picks };
        AssertSame(sizes, new GivenSelection(Given(sizes, candidates: 1)), families: families);
        AssertSame(sizes, new GivenSelection(Given(sizes, candidates: 1)), detaches: true);
        AssertSame(sizes, new GivenSelection(Given(sizes, candidates: 3), candidates: 3));
    }

    [Fact]
    public void A_controller_with_a_table_has_the_values_and_gradients_of_the_fused_unit()
    {
        var sizes = Sizes with { HasTable = true };
        AssertSame(sizes, new GivenSelection(Given(sizes, candidates: 3), candidates: 3), detaches: true);
        AssertSame(sizes, new ModeSelection());
    }

    [Theory]
    [MemberData(nameof(PicksAndFamilies))]
    public void Fixed_modules_have_the_values_and_gradients_of_the_fused_unit(int picks, int families)
    {
        AssertSame(Sizes with { Picks = picks }, new FixedSelection(), families: families);
        AssertSame(Sizes with { Picks = picks, Modules = picks }, new FixedSelection(), kind: new FixedSelection());
    }

    [Theory]
    [MemberData(nameof(PicksAndFamilies))]
    public void The_most_probable_modules_are_those_of_the_fused_unit(int picks, int families)
    {
        AssertSame(Sizes with { Picks = picks }, new ModeSelection(), families: families);
        AssertSame(Sizes with { Picks = picks }, new ModeSelection(), detaches: true);
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Mixtures_have_the_values_and_gradients_of_the_fused_unit(int mixed, bool noisy, double weight) => AssertSame(
        Sizes with { Picks = 1 },
        new MixtureSelection(mixed, noisy ? Key : null, new Balancing(weight, 2 * weight)),
        kind: new MixtureSelection(mixed));

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void Sampled_modules_have_the_values_and_gradients_of_the_fused_unit(int picks, bool detaches)
    {
        var sizes = Sizes with { Picks = picks };
        var sampled = UnitRun.Of(SequenceNetwork.Plain(sizes), sizes, Batch, new SampledSelection(Key), detaches);
        var given = UnitRun.Of(new SequenceNetwork(sizes), sizes, Batch, new GivenSelection(sampled.Compositions), detaches);
        given.AssertEqual(sampled, 1e-12);
        Assert.NotEqual(0, sampled.Compositions.Values.ToArray().Distinct().Count() - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Sampled_candidates_are_scored_like_the_same_compositions_given(int picks)
    {
        const int Samples = 4;
        var sizes = Sizes with { Picks = picks };
        var stored = Given(sizes, candidates: 1);
        var rule = new CandidateSelection(stored, Samples, Key);
        var sampled = UnitRun.Of(SequenceNetwork.Plain(sizes), sizes, Batch, rule, recording: false);
        Assert.Equal(stored.Values, sampled.Compositions.Values[..stored.Values.Length]);
        var given = new GivenSelection(sampled.Compositions, Samples + 1);
        UnitRun.Of(new SequenceNetwork(sizes), sizes, Batch, given, recording: false).AssertEqual(sampled, 1e-12);
        UnitRun.Of(SequenceNetwork.Plain(sizes), sizes, Batch, given, recording: false).AssertEqual(sampled, 1e-12);
    }

    [Fact]
    public void Samples_are_as_frequent_as_the_controller_says()
    {
        const int Samples = 4000;
        var sizes = Sizes with { Picks = 1, Modules = 2, Steps = 2 };
        var network = SequenceNetwork.Plain(sizes);
        var rule = new CandidateSelection(Given(sizes, candidates: 1), Samples, Key);
        var run = UnitRun.Of(network, sizes, Batch, rule, recording: false);
        for (int n = 0; n < Batch; n++)
        {
            int[] rows = [.. Enumerable.Range(1, Samples).Select(candidate => (candidate * Batch) + n)];
            foreach (var same in rows.GroupBy(row => Enumeration.IndexOf(network.Layout, run.Composition(row))))
            {
                double probability = Math.Exp(run.LogProbability[same.First()]);
                double deviation = Math.Sqrt(probability * (1 - probability) / Samples);
                Assert.Equal(probability, (double)same.Count() / Samples, 5 * deviation);
            }
        }
    }

    [Fact]
    public void Vector_kernels_agree_too()
    {
        AssertSame(Sizes, new GivenSelection(Given(Sizes, candidates: 1)), precision: Precision.Single);
        AssertSame(Sizes, new ModeSelection(), precision: Precision.Single);
        var mixture = new MixtureSelection(3, Key, new Balancing(0.3, 0.4));
        AssertSame(Sizes with { Picks = 1 }, mixture, kind: mixture, precision: Precision.Single);
    }

    private static void AssertSame(
        SequenceSizes sizes,
        SelectionRule rule,
        bool detaches = false,
        SelectionRule? kind = null,
        int families = 0,
        Precision precision = Precision.Double)
    {
        var related = new ModuleFamilies(families);
        var fused = UnitRun.Of(new SequenceNetwork(sizes, kind, related), sizes, Batch, rule, detaches, precision: precision);
        var plain = UnitRun.Of(SequenceNetwork.Plain(sizes, kind, related), sizes, Batch, rule, detaches, precision: precision);
        fused.AssertEqual(plain, precision == Precision.Double ? 1e-12 : 1e-5);
    }

    private static IndexTensor Given(SequenceSizes sizes, int candidates)
    {
        var given = IndexTensor.Allocate(new Shape(candidates * Batch, sizes.Steps * sizes.Picks));
        for (int i = 0; i < given.Values.Length; i++)
            given.Values[i] = Key.Split("given").Below((ulong)i, sizes.Modules);
        return given;
    }
}
