using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The tasks of the benchmark suite, an entry each.</summary>
public static class SuiteTasks
{
    private const string Accuracy = "accuracy";
    private const string Loss = "loss";
    private const string Bits = "bitsPerCharacter";

    // On a short text, E-steps learn the training text by heart.
    private const int ShortTextMStepsPerEStep = 50;

    /// <summary>All tasks, in the order in which they are trained and reported.</summary>
    public static IReadOnlyList<SuiteTask> All { get; } =
    [
        new("rotation", "digits turned four ways, other labels for each; only the pixels tell the turn", Accuracy, true, Digits(DigitTask.Rotation))
        {
            DataSet = Optdigits.DataSet.Name,
            HasTrueRule = true,
        },
        new("task", "digits with eight sets of labels; the input tells which holds", Accuracy, true, Digits(DigitTask.Task))
        {
            DataSet = Optdigits.DataSet.Name,
            HasTrueRule = true,
        },
        new("several", "eight tasks of digits at once, told by the input; four have the same labels, four have labels of their own", Accuracy, true, Digits(DigitTask.Several))
        {
            DataSet = Optdigits.DataSet.Name,
        },
        new("fashion-rotation", "clothes turned four ways, other labels for each; only the pixels tell the turn", Accuracy, true, Clothes(DigitTask.Rotation))
        {
            DataSet = FashionMnist.DataSet.Name,
            HasTrueRule = true,
        },
        new("fashion-task", "clothes with eight sets of labels; the input tells which holds", Accuracy, true, Clothes(DigitTask.Task))
        {
            DataSet = FashionMnist.DataSet.Name,
            HasTrueRule = true,
        },
        Rules(2),
        Rules(8),
        Rules(32),
        Switching(2),
        Switching(8),
        Switching(32),
        new("characters", "the next character of Shakespeare", Bits, false, Characters())
        {
            DataSet = "tinyshakespeare/input.txt",
            QuickSteps = 1000,
        },
        new("ptb-characters", "the next character of the Penn Treebank", Bits, false, LongText())
        {
            DataSet = PennTreebank.DataSet.Name,
        },
        new("words", "the next word of the Penn Treebank, with 64 numbers of state", "perplexity", false, Words())
        {
            DataSet = PennTreebank.DataSet.Name,
        },
        new("letters", "a table: 16 numbers measured of a letter tell which of 26 it is", Accuracy, true, Letters())
        {
            DataSet = "tables/letters.csv",
        },
        new("cifar10", "photographs of ten classes", Accuracy, true, Photographs())
        {
            DataSet = Cifar10.DataSet.Name,
        },
        new("stream", "ten tasks of digits, one after the other; the mean of all tasks in the end", Accuracy, true, new StreamOptions())
        {
            DataSet = Optdigits.DataSet.Name,
        },
        new("plain", "digits with their labels; styles of writing are all that modules could share out", Accuracy, true, Digits(DigitTask.Plain))
        {
            DataSet = Optdigits.DataSet.Name,
        },
        new("plain-random", "digits with their labels; the key is drawn at random", Accuracy, true, WithRandomKey(Digits(DigitTask.Plain)))
        {
            DataSet = Optdigits.DataSet.Name,
            IsControl = true,
        },
        new("one-rule", "generated numbers that obey one rule", Loss, false, OfRules(1)) { IsControl = true },
        new("random-key", "generated numbers that obey eight rules; the key is drawn at random", Loss, false, OfRules(8) with { HasRandomTasks = true })
        {
            IsControl = true,
        },
    ];

    /// <summary>The names of the tasks of <c>--quick</c>.</summary>
    public static IReadOnlyList<string> Quick { get; } = ["rotation", "characters", "plain-random"];

    private static SuiteTask Rules(int rules) =>
        new($"rules-{rules}", $"generated numbers that obey {rules} rules, the input tells which", Loss, false, OfRules(rules)) { HasTrueRule = true };

    private static SuiteTask Switching(int rules) => new(
        $"switching-{rules}", $"the state of a generated linear system that {rules} rules switch at every step, the input tells which", Loss, false,
        new SwitchingOptions
        {
            Rules = rules,
            Modules = Math.Max(rules, 8),
            ModularGates = true,
            Em = new() { Start = CompositionStarts.Input },
        })
    {
        HasTrueRule = true,
    };

    // So few units that one network can hardly obey all rules.
    private static DigitsOptions Digits(DigitTask task) => new()
    {
        Task = task,
        Network = new() { Hidden = 12, Shared = true },
        Em = new() { Start = task is DigitTask.Task or DigitTask.Several ? CompositionStarts.Input : CompositionStarts.Clusters },
    };

    private static DigitsOptions WithRandomKey(DigitsOptions options) =>
        options with { HasRandomTasks = true, Em = options.Em with { Start = CompositionStarts.Input } };

    private static DigitsOptions Clothes(DigitTask task) => Digits(task) with { Steps = 4000 };

    private static RulesOptions OfRules(int rules) => new()
    {
        Rules = rules,
        Modules = Math.Max(rules, 8),
        Network = new() { Shared = true },
        Em = new() { Start = CompositionStarts.Input },
    };

    // Methods ask for families and tables themselves.
    private static PlainTextOptions Characters()
    {
        var options = new PlainTextOptions
        {
            Steps = 2000,
            Families = false,
            Controller = ControllerKind.Linear,
            Split = new() { Split = TextSplitKind.Units },
        };
        return options with { Em = options.Em with { MStepsPerEStep = ShortTextMStepsPerEStep } };
    }

    // A text of five million characters is not learned by heart, so that frequent E-steps find what holds on other text, too.
    private static PlainTextOptions LongText()
    {
        var options = Characters();
        return options with { Split = new(), Em = options.Em with { MStepsPerEStep = new EmSettings().MStepsPerEStep } };
    }

    // What did best on characters; words are rarer, so that their vectors are learned by heart without dropout.
    private static PennTreebankOptions Words() => new()
    {
        Steps = 2000,
        Modules = 32,
        Embedding = 64,
        Hidden = 64,
        Optimizer = new() { LearningRate = 3e-3 },
        Em = new() { Start = CompositionStarts.Input, MStepsPerEStep = ShortTextMStepsPerEStep },
        ModularGates = true,
        ModularReadout = true,
        StateActivation = StateActivation.Tanh,
        Dropout = 0.2,
        DetachedControllers = true,
    };

    private static TableOptions Letters() => new() { Target = "lettr", Families = false, Expected = new() };

    private static Cifar10Options Photographs() => new() { Steps = 3000, ValidImages = 5000 };
}
