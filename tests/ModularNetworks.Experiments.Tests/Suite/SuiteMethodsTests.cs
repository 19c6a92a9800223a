namespace ModularNetworks.Experiments.Tests;

public sealed class SuiteMethodsTests
{
    [Theory]
    [InlineData("rotation", 100)]
    [InlineData("fashion-rotation", 100)]
    [InlineData("plain", 100)]
    [InlineData("task", 0)]
    [InlineData("several", 0)]
    [InlineData("rules-8", 0)]
    [InlineData("switching-8", 0)]
    [InlineData("characters", 0)]
    [InlineData("stream", 0)]
    public void Expected_scores_follow_EM_where_clusters_begin(string task, long after)
    {
        var expected = OptionsOf(task, "em").Expected;
        Assert.Equal(after, expected.ExpectedAfter);
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

    private static RunOptions OptionsOf(string task, string method) => SuiteMethods.All.Single(entry => entry.Name == method)
        .Options(SuiteTasks.All.Single(entry => entry.Name == task).Options);
}
