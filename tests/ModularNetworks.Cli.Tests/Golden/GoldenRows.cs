namespace ModularNetworks.Cli.Tests.Golden;

/// <summary>Trainings whose results must stay the same to the last bit, by name: their command lines, without files and threads.</summary>
internal static class GoldenRows
{
    private const string Toy = "toy --set starts=3 trialSteps=100";

    private const string Text = "ptb --steps 40 --set window=6 embedding=20 batchSize=24 samples=4 mStepsPerEStep=5 learningRate=0.01"
        + " logEvery=10 evaluateEvery=20 checkpointEvery=20";

    private const string TextEm = Text + " --modules 5";
    private const string TextFamilies = Text + " families=true --modules 15 --parallel 3";
    private const string TextReinforce = TextEm + " --method reinforce";
    private const string TextTopK = Text + " --modules 15 --method topk";
    private const string TextFixed = Text + " --modules 3 --parallel 3 --method fixed";

    private const string Images = "optdigits --steps 40 --set batchSize=24 convolutions=2 logEvery=10 evaluateEvery=20 checkpointEvery=20";

    private const string Digits = "digits --steps 40 --set batchSize=24 logEvery=10 evaluateEvery=20 checkpointEvery=20";

    private const string Rules = "rules --steps 60 --set points=400 batchSize=24 logEvery=20 evaluateEvery=20 checkpointEvery=20";

    private static readonly Dictionary<string, string> Commands = new()
    {
        ["toy"] = Toy + " --steps 500",
        ["toy, exhaustive"] = Toy + " candidates=exhaustive --steps 100",
        ["toy, distinct"] = Toy + " candidates=distinct samples=2 --modules 4 --steps 100",
        ["toy, shared batches, lazy Adam"] = Toy + " sharedBatches=true lazyAdam=true mStepsPerEStep=5 --modules 8 --steps 100",
        ["toy, REINFORCE"] = Toy + " --method reinforce --steps 100",
        ["toy, noisy top-k"] = Toy + " --method topk --modules 6 --steps 100 mixedModules=4",
        ["toy, fixed"] = Toy + " --method fixed --parallel 2 --steps 100",

        ["text, EM 5/1"] = TextEm,
        ["text, EM 15/3"] = Text + " --modules 15 --parallel 3",
        ["text, EM 15/3 with families"] = TextFamilies,
        ["text, paper"] = TextEm + " --preset paper",
        ["text, best"] = TextEm + " --preset best",
        ["text, distinct"] = TextEm + " candidates=distinct",
        ["text, greedy"] = TextEm + " candidates=greedy",
        ["text, greedy 6/2"] = Text + " candidates=greedy --modules 6 --parallel 2",
        ["text, exhaustive"] = Text + " candidates=exhaustive window=4 --modules 3",
        ["text, carried state"] = TextEm + " trainingState=carried",
        ["text, carried state, tanh, greedy"] = TextEm + " trainingState=carried candidateFunction=tanh candidates=greedy",
        ["text, carried state, fixed"] = TextFixed + " trainingState=carried",
        ["text, carried state, noisy top-k"] = TextTopK + " trainingState=carried",
        ["text, evaluation from zero"] = TextEm + " evaluationState=zero",
        ["text, dropout"] = TextEm + " dropout=0.3",
        ["text, tanh"] = TextEm + " candidateFunction=tanh",
        ["text, shared batches"] = TextEm + " sharedBatches=true",
        ["text, detached controllers"] = TextEm + " detachedControllers=true",
        ["text, decays"] = TextEm + " weightDecay=0.1 learningRateHalfLife=20 maxGradientNorm=0.5",
        ["text, lazy Adam"] = TextFamilies + " lazyAdam=true batchSize=2 weightDecay=0.1",
        ["text, 70 modules"] = Text + " --modules 70 --parallel 2",
        ["text, REINFORCE"] = TextReinforce,
        ["text, REINFORCE, batch mean"] = TextReinforce + " controlVariate=batchMean rewardSamples=2",
        ["text, REINFORCE, leave one out"] = TextReinforce + " controlVariate=leaveOneOut rewardSamples=3 detachedControllers=true",
        ["text, REINFORCE with families"] = TextFamilies + " --method reinforce",
        ["text, noisy top-4"] = TextTopK + " mixedModules=4",
        ["text, noisy top-2, losses, tanh, dropout"] =
            TextTopK + " mixedModules=2 importanceLoss=0.1 loadLoss=0.1 candidateFunction=tanh dropout=0.3",
        ["text, fixed 3/3"] = TextFixed,
        ["text, fixed 3/3, tanh, dropout"] = TextFixed + " candidateFunction=tanh dropout=0.3",

        ["images, linear, paper"] = Images + " --controller linear --preset paper",
        ["images, linear, best"] = Images + " --controller linear --preset best",
        ["images, convolutional, paper"] = Images + " --controller conv --preset paper",
        ["images, convolutional, best"] = Images + " --controller conv --preset best",
        ["images, wide"] = Images + " --preset wide",
        ["images, distinct"] = Images + " candidates=distinct --preset paper",
        ["images, exhaustive"] = Images + " candidates=exhaustive convolutions=1 --modules 2 --parallel 1 --preset paper",
        ["images, shared batches, detached controllers"] = Images + " sharedBatches=true detachedControllers=true --preset paper",
        ["images, lazy Adam"] = Images + " lazyAdam=true --modules 12 batchSize=4 --preset best",
        ["images, REINFORCE"] = Images + " --method reinforce --preset paper",
        ["images, REINFORCE, convolutional, best"] = Images + " --method reinforce --controller conv --preset best",
        ["images, noisy top-k"] = Images + " --method topk --preset paper",
        ["images, noisy top-k, losses"] = Images + " --method topk importanceLoss=0.1 loadLoss=0.1 shift=1 mirror=true --preset paper",
        ["images, fixed"] = Images + " --method fixed --modules 2 --parallel 2 --preset paper",

        ["digits"] = Digits,
        ["digits, one selection, plain"] = Digits + " task=plain shared=true families=true",
        ["digits, one selection, task, noisy top-k"] = Digits + " task=task shared=true --method topk importanceLoss=0.1",
        ["digits, fixed"] = Digits + " --method fixed --modules 1 hidden=24",

        ["rules"] = Rules,
        ["rules, one selection 6/2, exhaustive"] = Rules + " --modules 6 --parallel 2 shared=true candidates=exhaustive noiseVariance=0.1",
        ["rules, one selection, classification, REINFORCE"] = Rules + " rules=4 target=classification shared=true --method reinforce",
        ["rules, random tasks, noisy top-k"] = Rules + " rules=32 randomKey=true --method topk",
    };

    /// <summary>The rows' names.</summary>
    public static TheoryData<string> Names => [.. Commands.Keys];

    /// <summary>A row's command line.</summary>
    /// <param name="name">The row.</param>
    /// <param name="folder">Where its data are generated.</param>
    /// <param name="run">The run folder.</param>
    public static string[] Arguments(string name, TemporaryFolder folder, string run)
    {
        string[] words = Commands[name].Split(' ');
        return ["train", .. WithSettings(words), .. Data(words[0], folder), "--threads", "2", "--out", run];
    }

    /// <summary>The command line that goes on with a run of a row.</summary>
    /// <param name="name">The row.</param>
    /// <param name="folder">Where its data are generated.</param>
    /// <param name="run">The run folder.</param>
    public static string[] ArgumentsToResume(string name, TemporaryFolder folder, string run)
    {
        string experiment = Commands[name].Split(' ')[0];
        return ["train", experiment, "--resume", .. Data(experiment, folder), "--out", run];
    }

    /// <summary>The words key=value, wherever they stand, each behind a --set of its own. The last of a key holds.</summary>
    private static IEnumerable<string> WithSettings(IEnumerable<string> words) => words
        .Where(word => word != "--set")
        .SelectMany(word => word.Contains('=', StringComparison.Ordinal) ? (string[])["--set", word] : [word]);

    private static string[] Data(string experiment, TemporaryFolder folder) => experiment switch
    {
        "ptb" => ["--data", GoldenData.WriteText(folder)],
        "optdigits" or "digits" => ["--data", GoldenData.WriteDigits(folder)],
        _ => [],
    };
}
