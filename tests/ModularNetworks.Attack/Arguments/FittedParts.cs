using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>
/// Makes objects that have been fitted, have run or have been read, which most of their members ask for; now and then as constructors leave them.
/// </summary>
internal sealed class FittedParts(ObjectMaker maker)
{
    /// <summary>The number of classes, words and tasks: numbers of them are below.</summary>
    public const int Classes = 5;

    private World World => maker.World;

    private Sizes Sizes => World.Sizes;

    /// <summary>Makes them known.</summary>
    public void AddTo(Dictionary<Type, Func<Wanted, object>> byType)
    {
        byType[typeof(ModularClassifier)] = _ => World.One(Classifier);
        byType[typeof(ModularRegressor)] = _ => World.One(Regressor);
        byType[typeof(PerceptronModel)] = _ => World.Choices.OneIn(2) ? World.One(Classifier).Model : World.One(Regressor).Model;
        byType[typeof(ModelAnswer)] = _ => Answer();
        byType[typeof(SelectionTrace)] = _ => Trace();
        byType[typeof(LayerInput)] = _ => World.Choices.OneIn(2) ? new LayerInput(Input(), Input()) : maker.Construct(typeof(LayerInput))!;
        byType[typeof(MixtureSelection)] = _ => World.Choices.OneIn(2) ? new MixtureSelection(1) : maker.Construct(typeof(MixtureSelection))!;
        byType[typeof(CandidateSelection)] = _ => new CandidateSelection(IndexTensor.Allocate(new Shape(Sizes["batch"], Sizes["picks"])), Sizes["candidates"] - 1, World.Choices.Key());
        byType[typeof(Stream)] = _ => World.Choices.OneIn(2) ? new MemoryStream() : Saved();
        byType[typeof(ModularLanguageModel)] = _ => World.One(Writer);
        byType[typeof(FollowingLayer)] = _ => Follower();
        byType[typeof(AssignedSelection)] = _ => new AssignedSelection(Assignment());
        byType[typeof(ModuleAssignment)] = _ => Assignment();
        byType[typeof(InputClusters)] = _ => InputClusters.Fit(new ConstantRows(Classes + 1, Sizes["inputs"]), Sizes["modules"], World.Choices.Key());
        byType[typeof(LanguageModel)] = _ => World.One(Language);
        byType[typeof(ImageClassifier)] = _ => World.One(Pictures);
        byType[typeof(ModularMlp)] = _ => World.One(Perceptron);
        byType[typeof(TextTable)] = _ => World.One(Table);
        byType[typeof(TableQuestion)] = _ => new TableQuestion { Target = World.Choices.Fault() ? "nothing" : "y", ValidShare = World.Numbers.Double() / 2, TestShare = 0.25 };
        byType[typeof(TableEncoding)] = _ => World.One(Encoding);
        byType[typeof(ImageForm)] = _ => new ImageForm(maker.Make<ImageShape>(), Names(World.Choices.Fault() ? 1 : Classes));
        byType[typeof(ImageNormalization)] = _ => Normalization();
        byType[typeof(TableTarget)] = _ => new TableTarget { Name = "y", Classes = World.Choices.OneIn(2) ? null : Names(World.Choices.Fault() ? 1 : Classes) };
        byType[typeof(TextEncoding)] = _ => new TextEncoding(TextUnit.Word, maker.Make<Vocabulary>());
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(place => $"{place}")];

    private ImageNormalization Normalization()
    {
        double[] shares = [.. Enumerable.Repeat(World.Numbers.Double(), World.Choices.Fault() ? 2 : Sizes.Image.Channels)];
        return new ImageNormalization(shares, shares);
    }

    private ModularClassifier Classifier()
    {
        var classifier = new ModularClassifier(Sizes["inputs"], Classes, Sizes["modules"], seed: 1, hidden: 2);
        if (!World.Choices.Fault())
            classifier.Fit(new ConstantRows(Classes + 1, Sizes["inputs"]), [0, 1, 2, 3, 4, 0], new FitOptions { Steps = 1 });
        return classifier;
    }

    private ModularRegressor Regressor()
    {
        var regressor = new ModularRegressor(Sizes["inputs"], Sizes["modules"], seed: 1, hidden: 2);
        if (!World.Choices.Fault())
            regressor.Fit(new ConstantRows(Classes + 1, Sizes["inputs"]), [0, 1, 2, 3, 4, 0], new FitOptions { Steps = 1 });
        return regressor;
    }

    /// <summary>A language model of characters.</summary>
    private ModularLanguageModel Writer()
    {
        var model = new ModularLanguageModel(CharacterVocabulary.Of("abctex \n"), Sizes["modules"], seed: 1, embedding: 2, hidden: 2, window: 2);
        if (!World.Choices.Fault())
            model.Fit("text text\ntext", new FitOptions { Steps = 1, BatchSize = 1 });
        return model;
    }

    /// <summary>A file that one of the estimators saved.</summary>
    private MemoryStream Saved()
    {
        var stream = new MemoryStream();
        switch (World.Choices.Below(3))
        {
            case 0:
                World.One(Classifier).Save(stream);
                break;
            case 1:
                World.One(Regressor).Save(stream);
                break;
            default:
                World.One(Writer).Save(stream);
                break;
        }
        stream.Position = 0;
        return stream;
    }

    private ModelAnswer Answer()
    {
        var answer = new ModelAnswer();
        if (!World.Choices.Fault())
            World.One(Classifier).Model.Predict(new float[Sizes["inputs"]], answer);
        return answer;
    }

    /// <summary>What a run of a modular layer leaves.</summary>
    private SelectionTrace Trace()
    {
        var pass = PlainPass();
        if (!World.Choices.Fault())
            Leader().Forward(pass, Input());
        return pass.Trace;
    }

    private FollowingLayer Follower()
    {
        var pass = PlainPass();
        if (!World.Choices.Fault())
            Leader().Forward(pass, Input());
        var modules = new LinearModules("followers", Sizes["modules"], Sizes["inputs"], Sizes["outputs"], Activation.None, World.Choices.Key());
        World.Adopt(modules.Parameters);
        return new FollowingLayer("follower", modules);
    }

    /// <summary>A layer whose controller decides.</summary>
    private ModularLayer Leader()
    {
        var key = World.Choices.Key();
        var layer = new ModularLayer(
            "layer",
            new LinearModules("modules", Sizes["modules"], Sizes["inputs"], Sizes["outputs"], Activation.None, key.Split("modules")),
            new LinearController("controller", Sizes["inputs"], Sizes["modules"], Sizes["picks"], key.Split("controller")));
        World.Adopt(layer.Parameters);
        return layer;
    }

    private Tensor Input() => Tensor.Allocate(new Shape(Sizes["batch"], Sizes["inputs"]), World.Tape.Precision);

    /// <summary>A run that asks controllers for the most probable modules: all networks know how.</summary>
    private ForwardPass PlainPass() => World.One(() =>
    {
        var pass = new ForwardPass(World.Tape) { Observer = new SelectionStatistics() };
        pass.Begin(new ModeSelection(), Sizes["batch"]);
        return pass;
    });

    private ModuleAssignment Assignment() =>
        ModuleAssignment.RoundRobin(new LayerLayout("layer", Sizes["modules"], Sizes["picks"], 1), World.Choices.OneIn(2) ? Classes : Sizes["inputKeys"]);

    private LanguageModel Language()
    {
        if (!World.Choices.Fault())
            PlainPass();
        var sizes = new LanguageModelSizes { Modules = Sizes["modules"], Picks = Sizes["picks"], Window = Sizes["steps"], Embedding = Sizes["inputs"], Hidden = Sizes["hidden"] };
        return new LanguageModel(sizes, Classes, new ModeSelection(), World.Choices.Key());
    }

    private ImageClassifier Pictures()
    {
        if (!World.Choices.Fault())
            PlainPass();
        var sizes = new ImageClassifierSizes { Image = Sizes.Image, Classes = Classes, Modules = Sizes["modules"], Picks = Sizes["picks"], Convolutions = 1, Hidden = Sizes["hidden"] };
        return new ImageClassifier(sizes, new ModeSelection(), new ImageAugmentation(), World.Choices.Key());
    }

    private ModularMlp Perceptron()
    {
        if (!World.Choices.Fault())
            PlainPass();
        var sizes = new ModularMlpSizes { Inputs = Sizes["inputs"], Outputs = World.Choices.OneIn(2) ? 1 : Classes, Modules = Sizes["modules"], Picks = Sizes["picks"], Hidden = Sizes["hidden"] };
        return new ModularMlp(sizes, new ModeSelection(), World.Choices.Key());
    }

    /// <summary>A table of numbers, with a class of two.</summary>
    private TextTable Table()
    {
        string[] rows = [.. Enumerable.Range(0, 24).Select(row => $"{row % 7},{row % 5}.5,{(row % 2 == 0 ? "a" : "b")}\n")];
        return TextTable.Read(World.File($"x,z,y\n{string.Concat(rows)}"));
    }

    /// <summary>That of the call's table; without one, as many columns of numbers as vectors have.</summary>
    private TableEncoding Encoding() => World.Has<TextTable>() && !World.Choices.Fault()
        ? TableProblem.Create(World.One(Table), new TableQuestion { Target = "y", ValidShare = 0.25, TestShare = 0.25 }, World.Choices.Key()).Encoding
        : new TableEncoding
        {
            Columns = [.. Enumerable.Range(0, Sizes["inputs"]).Select(column => new TableColumn { Name = $"{column}", Kind = ColumnKind.Number })],
            Target = new TableTarget { Name = "y", Classes = World.Choices.OneIn(2) ? null : Names(Classes) },
        };

    /// <summary>Vectors of a caller's own.</summary>
    private sealed class ConstantRows(int count, int features) : VectorRows
    {
        public override int Count => count;

        public override int Features => features;

        public override void CopyTo(int row, Span<float> target) => target[..features].Fill(row);
    }
}
