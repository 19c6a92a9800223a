namespace ModularNetworks.Experiments.Tests;

public sealed class SuiteMethodsTests
{
    [Theory]
    [InlineData("rotation", 100, 900)]
    [InlineData("fashion-rotation", 100, 2400)]
    [InlineData("plain", 100, 900)]
    [InlineData("letters", 100, 1800)]
    [InlineData("plain-random", 0, 0)]
    [InlineData("task", 0, 0)]
    [InlineData("several", 0, 0)]
    [InlineData("rules-8", 0, 0)]
    [InlineData("switching-8", 0, 0)]
    [InlineData("characters", 0, 0)]
    [InlineData("words", 0, 0)]
    [InlineData("cifar10", 0, 0)]
    [InlineData("stream", 0, 0)]
    public void Expected_scores_are_between_two_phases_of_EM_where_clusters_begin(string task, long after, long until)
    {
        var expected = OptionsOf(task, "em").Expected;
        Assert.Equal((after, until), (expected.ExpectedAfter, expected.ExpectedUntil));
        Assert.Equal(after > 0 ? ExpectedComposition.Sampled : ExpectedComposition.Mode, expected.ExpectedComposition);
    }

    [Theory]
    [InlineData("rotation")]
    [InlineData("task")]
    [InlineData("switching-8")]
    [InlineData("characters")]
    public void The_start_held_fixed_has_neither_E_steps_nor_expected_scores(string task)
    {
        var (em, frozen) = (OptionsOf(task, "em"), OptionsOf(task, "em-frozen"));
        Assert.Equal(0, frozen.Em.MStepsPerEStep);
        Assert.Equal(em with { Em = em.Em with { MStepsPerEStep = 0 }, Expected = new() }, frozen);
    }

    // Pairs of 10,000 words are too many to be keys.
    [Theory]
    [InlineData("characters", CompositionKeys.Bigram)]
    [InlineData("ptb-characters", CompositionKeys.Bigram)]
    [InlineData("words", CompositionKeys.Token)]
    public void Text_has_a_composition_for_each_pair_or_word(string task, CompositionKeys key) =>
        Assert.Equal(key, OptionsOf(task, "em").Em.Key);

    [Theory]
    [InlineData("assigned")]
    [InlineData("em-frozen")]
    public void No_start_is_held_fixed_where_it_is_uniform(string method) => Assert.Equal(
        ["cifar10"],
        SuiteTasks.All.Where(task => task.Options is not StreamOptions && !SuiteMethods.All.Single(entry => entry.Name == method).AppliesTo(task)).Select(task => task.Name));

    // Whatever else is asked for, a win could come from something that the inputs show.
    [Fact]
    public void A_control_has_one_rule_or_a_key_that_says_nothing() => Assert.All(
        SuiteTasks.All.Where(task => task.IsControl),
        task => Assert.True(task.Options is RulesOptions { Rules: 1 } or RulesOptions { HasRandomTasks: true } or DigitsOptions { HasRandomTasks: true }, task.Name));

    [Theory]
    [InlineData("rotation", true)]
    [InlineData("rules-8", true)]
    [InlineData("characters", false)]
    [InlineData("switching-8", false)]
    [InlineData("stream", false)]
    public void Softmax_top_1_applies_where_no_layer_is_recurrent(string task, bool applies) => Assert.Equal(
        applies, SuiteMethods.All.Single(method => method.Name == "softmax1").AppliesTo(SuiteTasks.All.Single(entry => entry.Name == task)));

    private static RunOptions OptionsOf(string task, string method) => SuiteMethods.All.Single(entry => entry.Name == method)
        .Options(SuiteTasks.All.Single(entry => entry.Name == task).Options);
}
