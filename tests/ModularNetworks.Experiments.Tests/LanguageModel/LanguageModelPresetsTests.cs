namespace ModularNetworks.Experiments.Tests;

public sealed class LanguageModelPresetsTests
{
    [Fact]
    public void Every_preset_can_be_trained_at_the_papers_number_of_steps()
    {
        foreach (string name in LanguageModelPresets.Names)
        {
            var options = LanguageModelPresets.Get(name);
            options.Validate();
            Assert.Equal(50_000, options.Steps);
        }
        var paper = new PennTreebankOptions { EvaluationState = WindowState.Zero };
        Assert.Equal(paper, LanguageModelPresets.Get(LanguageModelPresets.Paper));
    }

    [Fact]
    public void Best_has_the_papers_model_and_reads_a_text_as_paper_does()
    {
        var best = LanguageModelPresets.Get(LanguageModelPresets.Best);
        Assert.True(best.Families && best.DetachedControllers);
        var paper = best with { Families = false, DetachedControllers = false, Optimizer = best.Optimizer with { WeightDecay = 0, LearningRateHalfLife = 0 } };
        Assert.Equal(LanguageModelPresets.Get(LanguageModelPresets.Paper), paper);
    }

    [Fact]
    public void An_unknown_preset_is_refused_with_the_names_of_those_there_are()
    {
        var error = Assert.Throws<RunException>(() => LanguageModelPresets.Get("fast"));
        Assert.Equal("--preset fast: there is no such preset. Choose one of paper, best.", error.Message);
    }
}
