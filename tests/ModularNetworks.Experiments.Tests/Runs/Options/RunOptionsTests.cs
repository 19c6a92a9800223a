namespace ModularNetworks.Experiments.Tests;

public sealed class RunOptionsTests
{
    [Theory]
    [InlineData("method=EM", "method is EM; it must be em, reinforce, expected, topk, assigned or fixed")]
    [InlineData("modules=0", "modules is 0; it must be at least 1")]
    [InlineData("modules=65537", "modules is 65537; it must be at most 65536")]
    [InlineData("parallel=0", "parallel is 0; it must be at least 1")]
    [InlineData("parallel=65", "parallel is 65; it must be at most 64")]
    [InlineData("parallel=6", "--parallel is 6, but there are only ")]
    [InlineData("parallel=64", "--parallel is 64, but there are only ")]
    [InlineData("steps=0", "steps is 0; it must be at least 1")]
    [InlineData("batchSize=-1", "batchSize is -1; it must be at least 1")]
    [InlineData("samples=0", "samples is 0; it must be at least 1")]
    [InlineData("mStepsPerEStep=-1", "mStepsPerEStep is -1; it must be 0 or more")]
    [InlineData("startProbability=1", "startProbability is 1; it must be at least 0 and below 1")]
    [InlineData("keyForgetting=1.5", "keyForgetting is 1.5; it must be from 0 to 1")]
    [InlineData("keyExchange=true", "keyExchange is true; it must be false with key=datapoint")]
    [InlineData("logEvery=0", "logEvery is 0; it must be at least 1")]
    [InlineData("evaluateEvery=0", "evaluateEvery is 0; it must be at least 1")]
    [InlineData("checkpointEvery=0", "checkpointEvery is 0; it must be at least 1")]
    [InlineData("threads=0", "threads is 0; it must be at least 1")]
    [InlineData("threads=257", "threads is 257; it must be at most 256")]
    [InlineData("learningRate=0", "learningRate is 0; it must be a number above 0")]
    [InlineData("learningRate=1e999", "learningRate is Infinity; it must be a number above 0")]
    [InlineData("learningRateHalfLife=-1", "learningRateHalfLife is -1; it must be 0 or more")]
    [InlineData("learningRateCooldown=1.5", "learningRateCooldown is 1.5; it must be from 0 to 1")]
    [InlineData("weightDecay=-1", "weightDecay is -1; it must be 0 or more")]
    [InlineData("mixedModules=0", "mixedModules is 0; it must be at least 1")]
    [InlineData("importanceLoss=-1", "importanceLoss is -1; it must be 0 or more")]
    [InlineData("loadLoss=-1", "loadLoss is -1; it must be 0 or more")]
    [InlineData("rewardSamples=0", "rewardSamples is 0; it must be at least 1")]
    [InlineData("controlVariate=leaveOneOut", "rewardSamples is 1; it must be at least 2 with controlVariate=leaveOneOut")]
    [InlineData("controlVariateDecay=1.5", "controlVariateDecay is 1.5; it must be from 0 to 1")]
    [InlineData("expectedAfter=-1", "expectedAfter is -1; it must be 0 or more")]
    [InlineData("softUntil=-1", "softUntil is -1; it must be 0 or more")]
    [InlineData("softFrom=0", "softFrom is 0; it must be a number above 0")]
    [InlineData("softTo=1e999", "softTo is Infinity; it must be a number above 0")]
    [InlineData("freezeControllersAfter=-1", "freezeControllersAfter is -1; it must be 0 or more")]
    [InlineData("maxGradientNorm=-0.5", "maxGradientNorm is -0.5; it must be 0 or more")]
    [InlineData("samples=2147483647", "The sizes ask for a tensor of ")]
    [InlineData("rewardSamples=2147483647", "The sizes ask for a tensor of ")]
    public void Every_option_has_its_range(string setting, string message)
    {
        AssertRefused(OptionsJson.With(new ToyOptions(), [setting]), message);
        AssertRefused(OptionsJson.With(new PennTreebankOptions(), [setting]), message);
    }

    [Fact]
    public void No_more_modules_are_mixed_than_there_are()
    {
        var options = new PennTreebankOptions { Method = TrainingMethods.TopK, Modules = 3 };
        AssertRefused(options, "--set mixedModules is 4, but there are only 3 modules to mix. Lower mixedModules or raise --modules.");
        (options with { Modules = 4 }).Validate();
        new ToyOptions { Method = TrainingMethods.TopK }.Validate();
    }

    [Theory]
    [InlineData("mixedModules=9", TrainingMethods.Em, TrainingMethods.TopK)]
    [InlineData(" LoadLoss = 0.1 ", TrainingMethods.Reinforce, TrainingMethods.TopK)]
    [InlineData("rewardSamples=2", TrainingMethods.TopK, TrainingMethods.Reinforce)]
    public void A_setting_of_another_method_is_refused(string setting, string method, string other)
    {
        var error = Assert.Throws<RunException>(() => MethodSettings.RequireEffect(new ToyOptions { Method = method }, ["samples=2", setting]));
        Assert.Equal($"--set {setting}: has an effect with --method {other} only, and the method is {method}. Leave it out.", error.Message);
        MethodSettings.RequireEffect(new ToyOptions { Method = other }, ["samples=2", setting, "method=x"]);
    }

    [Theory]
    [InlineData("points=0", "points is 0; it must be at least 1")]
    [InlineData("points=10000001", "points is 10000001; it must be at most 10000000")]
    [InlineData("starts=0", "starts is 0; it must be at least 1")]
    [InlineData("trialSteps=0", "trialSteps is 0; it must be at least 1")]
    [InlineData("noiseVariance=0", "noiseVariance is 0; it must be a number above 0")]
    public void The_toy_problem_has_options_of_its_own(string setting, string message) =>
        AssertRefused(OptionsJson.With(new ToyOptions(), [setting]), message);

    [Theory]
    [InlineData("window=0", "window is 0; it must be from 1 to 10000")]
    [InlineData("window=10001", "window is 10001; it must be from 1 to 10000")]
    [InlineData("embedding=0", "embedding is 0; it must be from 1 to 10000")]
    [InlineData("hidden=10001", "hidden is 10001; it must be from 1 to 10000")]
    [InlineData("batchSize=1000000", "The sizes ask for a tensor of ")]
    public void The_language_model_has_options_of_its_own(string setting, string message) =>
        AssertRefused(OptionsJson.With(new PennTreebankOptions(), [setting]), message);

    [Theory]
    [InlineData("hidden=0", "hidden is 0; it must be from 1 to 10000")]
    [InlineData("hidden=10001", "hidden is 10001; it must be from 1 to 10000")]
    public void A_modular_perceptron_has_options_of_its_own(string setting, string message) =>
        AssertRefused(OptionsJson.With(new DigitsOptions { Threads = 1 }, [setting]), message);

    [Theory]
    [InlineData("rules=0", "rules is 0; it must be from 1 to 32")]
    [InlineData("rules=33", "rules is 33; it must be from 1 to 32")]
    [InlineData("points=0", "points is 0; it must be from 1 to 10000000")]
    [InlineData("noiseVariance=0", "noiseVariance is 0; it must be a number above 0")]
    [InlineData("hidden=0", "hidden is 0; it must be from 1 to 10000")]
    public void Generated_rules_have_options_of_their_own(string setting, string message) =>
        AssertRefused(OptionsJson.With(new RulesOptions(), [setting]), message);

    [Fact]
    public void The_step_size_halves_and_cools_down_in_a_straight_line()
    {
        var constant = new OptimizerSettings { LearningRate = 0.1 };
        Assert.Equal(0.1, constant.LearningRateAfter(99, 100));
        var cooling = constant with { LearningRateCooldown = 0.4 };
        Assert.Equal([0.1, 0.1, 0.1, 0.075, 0.0025], [.. new long[] { 0, 59, 60, 70, 99 }.Select(step => Math.Round(cooling.LearningRateAfter(step, 100), 12))]);
        Assert.Equal(0.025 * 0.75, (cooling with { LearningRateHalfLife = 35 }).LearningRateAfter(70, 100), 1e-12);
    }

    [Fact]
    public void Compositions_begin_only_by_what_inputs_show()
    {
        var start = new EmSettings { Start = CompositionStarts.Input };
        AssertRefused(new ToyOptions { Em = start }, "start is input; it must be uniform or mode with --method em");
        AssertRefused(new ToyOptions { Method = TrainingMethods.Assigned }, "method is assigned; it must be another method: nothing in the inputs of toy");
        AssertRefused(new PennTreebankOptions { Method = TrainingMethods.Assigned }, "start is uniform; it must be input with --method assigned");
        AssertRefused(new PennTreebankOptions { Em = start, TrainingState = WindowState.Carried }, "start is input; it must be uniform with --method em");
        AssertRefused(
            new PennTreebankOptions { Em = new EmSettings { MStepsPerEStep = 0, SharedBatches = true } },
            "sharedBatches is true; it must be false without E-steps");
        new PennTreebankOptions { Em = start }.Validate();
        new PennTreebankOptions { Em = start, Method = TrainingMethods.Assigned }.Validate();
    }

    [Theory]
    [InlineData("minimumCount=-1", "minimumCount is -1; it must be 0 or more")]
    [InlineData("window=0", "window is 0; it must be from 1 to 10000")]
    public void So_has_that_on_a_text_of_ones_own(string setting, string message) =>
        AssertRefused(OptionsJson.With(new PlainTextOptions(), [setting]), message);

    [Fact]
    public void Compositions_are_stored_only_for_what_inputs_show()
    {
        var key = new EmSettings { Key = CompositionKeys.Bigram };
        AssertRefused(new ToyOptions { Em = key }, "key is bigram; it must be datapoint with --method em");
        AssertRefused(new PennTreebankOptions { Em = key, Method = TrainingMethods.TopK }, "key is bigram; it must be datapoint with --method topk");
        AssertRefused(new PennTreebankOptions { Em = key with { Start = CompositionStarts.Mode } }, "start is mode; it must be uniform or input");
        AssertRefused(new PennTreebankOptions { Em = key with { Candidates = EStepCandidates.Greedy } }, "candidates is greedy; it must be sampled with another key");
        AssertRefused(new PennTreebankOptions { Em = key with { KeyExchange = true } }, "keyExchange is true; it must be false without controller=table");
        AssertRefused(new PennTreebankOptions { Em = key, BatchSize = 1000, Modules = 4000 }, "The sizes ask for a tensor of ");
        var input = key with { Start = CompositionStarts.Input };
        new PennTreebankOptions { Em = input, TrainingState = WindowState.Carried }.Validate();
        var error = Assert.Throws<RunException>(() => new PennTreebankOptions { Em = input }.RequireKeys(10_000, "word"));
        Assert.StartsWith("key is bigram; it must be token or datapoint for 10000 different words", error.Message, StringComparison.Ordinal);
        new PennTreebankOptions { Em = input }.RequireKeys(2000, "word");
    }

    [Fact]
    public void Expected_scores_follow_on_EM_alone_and_need_memory_for_all_selections()
    {
        var after = new ExpectedScoreSettings { ExpectedAfter = 10 };
        AssertRefused(new ToyOptions { Expected = after, Method = TrainingMethods.Expected }, "expectedAfter is 10; it must be 0 with --method expected");
        AssertRefused(new PennTreebankOptions { Method = TrainingMethods.Expected, Modules = 4000, BatchSize = 1000 }, "The sizes ask for a tensor of ");
        AssertRefused(new PennTreebankOptions { Expected = after, Modules = 4000, BatchSize = 1000 }, "The sizes ask for a tensor of ");
        new PennTreebankOptions { Expected = after }.Validate();
    }

    [Fact]
    public void Soft_EM_EM_and_expected_scores_follow_each_other()
    {
        var soft = new EmSettings { SoftUntil = 20 };
        var rules = new RulesOptions { Em = soft, Expected = new() { ExpectedAfter = 30 } };
        rules.Validate();
        (rules with { Expected = new(), Em = soft with { FreezeControllersAfter = 20 } }).Validate();
        AssertRefused(rules with { Method = TrainingMethods.Reinforce, Expected = new() }, "softUntil is 20; it must be 0 with --method reinforce");
        AssertRefused(rules with { Steps = 20 }, "softUntil is 20; it must be below the number of steps, 20, so that EM follows");
        AssertRefused(rules with { Expected = new() { ExpectedAfter = 20 } }, "expectedAfter is 20; it must be above softUntil=20");
        AssertRefused(rules with { Em = soft with { Key = CompositionKeys.Task } }, "softUntil is 20; it must be 0 with another key than datapoint");
        AssertRefused(rules with { Modules = 4000, Picks = 2 }, "The sizes ask for a tensor of ");
    }

    [Fact]
    public void Recurrent_layers_have_the_shares_of_mixed_modules_alone()
    {
        var weighted = new TopKSettings { MixtureShares = MixtureShares.OfAll };
        new DigitsOptions { TopK = weighted, Threads = 1 }.Validate();
        AssertRefused(new PennTreebankOptions { TopK = weighted }, "mixtureShares is ofAll; it must be ofMixed in a recurrent layer");
        AssertRefused(new SwitchingOptions { TopK = weighted }, "mixtureShares is ofAll; it must be ofMixed in a recurrent layer");
    }

    [Fact]
    public void EM_trains_again_after_expected_scores_alone()
    {
        var between = new ExpectedScoreSettings { ExpectedAfter = 30, ExpectedUntil = 40 };
        new RulesOptions { Expected = between }.Validate();
        AssertRefused(new RulesOptions { Expected = between with { ExpectedUntil = 30 } }, "expectedUntil is 30; it must be 0, or above expectedAfter=30");
        AssertRefused(new RulesOptions { Expected = between with { ExpectedAfter = 0 } }, "expectedUntil is 40; it must be 0 without expectedAfter");
        AssertRefused(
            new RulesOptions { Expected = between, Em = new() { Key = CompositionKeys.Task } },
            "expectedUntil is 40; it must be 0 without expectedAfter, and with another key than datapoint");
    }

    [Fact]
    public void Controllers_freeze_where_EM_alone_would_change_them()
    {
        var freeze = new EmSettings { FreezeControllersAfter = 20 };
        new RulesOptions { Em = freeze }.Validate();
        AssertRefused(new RulesOptions { Em = freeze, Method = TrainingMethods.Expected }, "freezeControllersAfter is 20; it must be 0 with --method expected");
        AssertRefused(new RulesOptions { Em = freeze with { SoftUntil = 21 } }, "freezeControllersAfter is 20; it must be at least softUntil=21");
        AssertRefused(new RulesOptions { Em = freeze, Expected = new() { ExpectedAfter = 30 } }, "freezeControllersAfter is 20; it must be 0 with expectedAfter");
        var exchange = freeze with { Key = CompositionKeys.Token, KeyExchange = true };
        AssertRefused(
            new PennTreebankOptions { Em = exchange, Controller = ControllerKind.Table }, "freezeControllersAfter is 20; it must be 0 with keyExchange=true");
        AssertRefused(new StreamOptions { Em = freeze }, "freezeControllersAfter is 20; it must be 0 in stream");
    }

    [Fact]
    public void The_baseline_uses_all_of_its_modules()
    {
        var options = new ToyOptions { Method = TrainingMethods.Fixed, Modules = 3, Picks = 2 };
        AssertRefused(options, "--method fixed uses the same 2 modules for all inputs, but --modules is 3");
        (options with { Picks = 3 }).Validate();
        (options with { Method = TrainingMethods.Em }).Validate();
    }

    [Fact]
    public void Defaults_are_valid()
    {
        new ToyOptions().Validate();
        new PennTreebankOptions().Validate();
        new PlainTextOptions().Validate();
    }

    private static void AssertRefused(RunOptions options, string message)
    {
        var error = Assert.Throws<RunException>(options.Validate);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
