using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>Makes the objects that a constructor with arguments of its own would not make well.</summary>
internal sealed class Factories
{
    private readonly Dictionary<Type, Func<Wanted, object>> _byType;
    private readonly ObjectMaker _maker;

    public Factories(ObjectMaker maker)
    {
        _maker = maker;
        var parts = new ModularParts(maker);
        _byType = new()
        {
            [typeof(Tensor)] = Tensor,
            [typeof(IndexTensor)] = wanted => World.Indices(wanted.Shapes),
            [typeof(Shape)] = wanted => World.Numbers.Shape(wanted.Shapes),
            [typeof(Parameter)] = _ => World.Parameter("parameter", World.Numbers.Shape([])),
            [typeof(Tape)] = _ => World.Tape,
            [typeof(Kernels)] = _ => World.Kernels,
            [typeof(PlainKernels<float>)] = _ => new PlainKernels<float>(World.Workers),
            [typeof(WorkerPool)] = _ => World.Workers,
            [typeof(RandomKey)] = _ => World.Choices.Key(),
            [typeof(ImageShape)] = _ => Image(),
            [typeof(Window)] = _ => Window(),
            [typeof(CategoricalRows)] = _ => World.Tape.Categorical(maker.Make<Tensor>("logits")).Repeat(World.Sizes["candidates"]),
            [typeof(TouchedRows)] = _ => new Parameter("stack", World.Numbers.Shape(["modules, features"]), stacked: true).TouchedRows!,
            [typeof(Layer)] = _ => World.Choices.OneIn(3) ? maker.Make<Activation>() : maker.Make<Linear>(),
            // Methods that are joined have one optimiser.
            [typeof(Optimizer)] = _ => World.Choices.Fault() ? maker.OneOf(typeof(Optimizer)) : World.One(() => (Optimizer)maker.OneOf(typeof(Optimizer))),
            [typeof(Uri)] = _ => new Uri("http://localhost/"),
            [typeof(NoKernel)] = _ => new NoKernel(),
            [typeof(ReadOnlyMemory<int>)] = _ => new ReadOnlyMemory<int>(maker.Make<int[]>("words")),
            [typeof(ReadOnlyMemory<float>)] = _ => new ReadOnlyMemory<float>(maker.Make<float[]>("rows")),
            [typeof(FitOptions)] = _ => FewSteps(),
            [typeof(CancellationToken)] = _ => CancellationToken.None,
            [typeof(TextWriter)] = _ => TextWriter.Null,
            [typeof(ReadOnlyMemory<byte>)] = _ => new ReadOnlyMemory<byte>(new byte[World.Sizes.Image.Count]),
            [typeof(LabelledImages)] = _ => Images(),
            [typeof(ImageSplits)] = _ => new ImageSplits(Images(), Images()),
            [typeof(Vocabulary)] = _ => Vocabulary.FromWords(["a", "b", "c", "<unk>", "<eos>"]),
            [typeof(TextIds)] = _ => TextIds.Of(maker.Make<int[]>("words")),
            [typeof(TextDecoder)] = _ => new TextEncoding(TextUnit.Character, Vocabulary.FromWords(["a", "b", "\n"])).StartDecoding(),
            [typeof(Action<string>)] = _ => new Action<string>(_ => { }),
            [typeof(TimeProvider)] = _ => TimeProvider.System,
            [typeof(Action<string, long>)] = _ => new Action<string, long>((_, _) => { }),
            [typeof(Action<int, int>)] = _ => new Action<int, int>((_, _) => { }),
            [typeof(VectorRows)] = _ => new OwnRows(World.Sizes["rows"], World.Sizes["features"]),
            [typeof(Func<Tape, Tensor>)] = _ => Loss(World.One(() => World.Parameter("loss", new Shape(2, 2)))),
            [typeof(LabelledTable)] = _ => LabelledTable.Read(World.File("1,2,a\n3,4,b\n"), new TableFormat(HasHeader: false, LabelColumn: null)),
            [typeof(SwitchingSequences)] = _ => SwitchingRules.Generate(World.Choices.Key(), rules: 2, size: 3, length: 4, sequences: 9).Train,
            [typeof(object)] = _ => new object(),
        };
        parts.AddTo(_byType);
        new FittedParts(maker).AddTo(_byType);
        new OuterParts(maker).AddTo(_byType);
    }

    private World World => _maker.World;

    /// <summary>Whether a type is made here.</summary>
    public bool Knows(Type type) => _byType.ContainsKey(type);

    /// <summary>An object of a type that is made here; else null.</summary>
    public object? Make(Wanted wanted) => _byType.GetValueOrDefault(wanted.Type)?.Invoke(wanted);

    /// <summary>A loss and an output are computed on the tape; a gradient has the shape of what was made before it.</summary>
    private Tensor Tensor(Wanted wanted) => wanted switch
    {
        { Name: "loss" } => World.Tape.Sum(World.Tensor(wanted.Shapes)),
        { Name: "output", Shapes.Count: 0 } => World.Tape.Scale(World.Tensor([]), 1),
        { Name: "gradient", Shapes.Count: 0 } when !World.Choices.Fault() => Engine.Tensor.Allocate(World.Numbers.Last, World.Tape.Precision),
        _ => World.Tensor(wanted.Shapes),
    };

    private static Func<Tape, Tensor> Loss(Parameter parameter) => tape => tape.Sum(tape.Square(parameter.Value));

    /// <summary>A training of few steps: what is asked for takes its time.</summary>
    private FitOptions FewSteps() => new()
    {
        Steps = 1 + World.Choices.Below(3),
        Starts = 1 + World.Choices.Below(2),
        BatchSize = _maker.Make<int>("batch"),
        LearningRate = World.Numbers.Double(),
        Cooldown = World.Numbers.Double(),
        ValidationShare = World.Choices.OneIn(2) ? null : World.Numbers.Double(),
        Patience = World.Choices.OneIn(2) ? null : _maker.Make<int>("patience"),
        Method = World.Choices.OneIn(2) ? null : _maker.Make<TrainingMethod>(),
    };

    private ImageShape Image()
    {
        var image = World.Sizes.Image;
        return !World.Choices.Fault() ? image : World.Choices.OneOf(
            new ImageShape(65_536, 256, 256), image with { Height = 0 }, image with { Channels = -1 }, image with { Width = int.MaxValue },
            image with { Width = image.Width + 1 }, new ImageShape(1, 1, 1), new ImageShape(46_341, 46_341, 1));
    }

    private Window Window()
    {
        var window = World.Sizes.Window;
        return !World.Choices.Fault() ? window : World.Choices.OneOf(
            new Window(1, 1, 32_768, 32_767), window with { Size = 0 }, window with { Stride = 0 }, window with { PaddingBefore = -1 },
            window with { PaddingAfter = int.MaxValue }, window with { Size = int.MaxValue }, window with { Stride = int.MaxValue },
            new Window(65_536, 1, 65_536, 0));
    }

    private LabelledImages Images()
    {
        var image = World.Sizes.Image;
        return new LabelledImages(image, [new byte[image.Count], new byte[image.Count]], [0, 1], ["a", "b"]);
    }

    /// <summary>Vectors of a caller's own.</summary>
    private sealed class OwnRows(int count, int features) : VectorRows
    {
        public override int Count => count;

        public override int Features => features;

        public override void CopyTo(int row, Span<float> target) => target[..features].Fill(row);
    }
}
