namespace ModularNetworks.Tests;

public sealed class StreamTrialsTests
{
    [Fact]
    public void The_first_task_tries_one_pair_of_free_modules() =>
        Assert.Equal([new ModulePair(0, 0)], StreamTrials.Of(new TaskSelections(3, [4, 4])));

    [Fact]
    public void Each_trial_has_free_modules_of_its_own()
    {
        var selections = new TaskSelections(5, [9, 9]);
        selections.Store(0, new(0, 0));
        selections.Store(1, new(0, 3));
        selections.Store(2, new(5, 3));
        Assert.Equal([0, 5], selections.Used(0));
        Assert.Equal([new(0, 0), new(0, 3), new(5, 0), new(5, 3)], selections.UsedPairs());
        Assert.Equal([new(1, 1), new(0, 2), new(5, 4), new(2, 0), new(3, 3)], StreamTrials.Of(selections));
    }

    [Fact]
    public void A_pool_that_is_used_up_is_tried_with_free_modules_of_the_other_layer_alone()
    {
        var selections = new TaskSelections(5, [1, 3]);
        selections.Store(0, new(0, 0));
        Assert.Equal([new ModulePair(0, 1)], StreamTrials.Of(selections));
        selections.Store(1, new(0, 1));
        selections.Store(2, new(0, 2));
        Assert.Empty(StreamTrials.Of(selections));
    }

    [Fact]
    public void Half_of_the_trials_stay_the_best_first()
    {
        var selections = new TaskSelections(3, [9, 9]);
        selections.Store(0, new(0, 0));
        selections.Store(1, new(1, 1));
        var trials = new StreamTrials(selections, 18);
        trials.Begin();
        Assert.Equal((5, 3), (trials.Count, trials.Rounds));
        var all = StreamTrials.Of(selections);
        trials.Halve([-3, -2, -9, -1, -3]);
        Assert.Equal([all[3], all[1], all[0]], Enumerable.Range(0, trials.Count).Select(place => trials[place]));
        trials.Halve([-3, -2, -2]);
        Assert.Equal([all[1], all[0]], Enumerable.Range(0, trials.Count).Select(place => trials[place]));
    }
}
