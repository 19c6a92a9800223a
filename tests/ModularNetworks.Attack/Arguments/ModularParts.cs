using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>Makes networks, units, rules and the runs of them, in sizes that fit each other.</summary>
internal sealed class ModularParts(ObjectMaker maker)
{
    private const int OrderedDatapoints = 1 << 16;

    private World World => maker.World;

    private Sizes Sizes => World.Sizes;

    /// <summary>Makes them known.</summary>
    public void AddTo(Dictionary<Type, Func<Wanted, object>> byType)
    {
        byType[typeof(ModuleFamilies)] = _ => new ModuleFamilies(World.Choices.OneIn(6) ? maker.Make<int>("modules") : 0);
        byType[typeof(ForwardPass)] = _ => World.One(Pass);
        byType[typeof(BatchRows)] = _ => World.One(Pass);
        byType[typeof(SearchRows)] = _ => World.One(Pass).Search;
        byType[typeof(SelectionTrace)] = _ => World.One(Pass).Trace;
        byType[typeof(ModularGru)] = _ => Unit();
        byType[typeof(IModularLayer)] = _ => World.Choices.OneIn(2) ? Plain() : World.Choices.OneIn(2) ? Unit() : Layer();
        byType[typeof(ModularLayer)] = _ => Layer();
        byType[typeof(ModularGruReader)] = _ => new ModularGruReader(Unit());
        byType[typeof(ModularModel)] = _ => Model(Network());
        byType[typeof(RecurrentNetwork<Batch>)] = _ => Recurrent();
        byType[typeof(ModularNetwork<Batch>)] = _ => Network();
        byType[typeof(IKeyedNetwork<Batch>)] = _ => Recurrent();
        byType[typeof(ITrainingSet<Batch>)] = _ => TrainingSet();
        byType[typeof(Batch)] = _ => maker.Make<ITrainingSet<Batch>>().Load(new int[Sizes["batch"]]);
        byType[typeof(IReadOnlyList<Parameter>)] = _ => World.Choices.OneIn(3) ? [World.One(() => maker.Make<Parameter>())] : Network().Parameters;
        byType[typeof(IReadOnlyList<ModulePool>)] = _ => Network() is Regression regression ? regression.Pools : maker.Make<ModulePool[]>();
        // One of two phases is made of two others.
        byType[typeof(ITrainer)] = _ => maker.OneOf(typeof(ITrainer), typeof(TwoPhases));
        byType[typeof(CompositionLayout)] = _ => World.One(Layout);
        byType[typeof(ISelectionObserver)] = _ => new SelectionStatistics();
        byType[typeof(LayerStatistics)] = _ => Statistics().Of(0);
        byType[typeof(SelectionStatistics)] = _ => Statistics();
        byType[typeof(RecordedSelections)] = _ => Recorded();
        byType[typeof(Func<Controller>)] = _ => new Func<Controller>(() => maker.Make<Controller>());
        byType[typeof(Func<NoisyGate>)] = _ => new Func<NoisyGate>(() => maker.Make<NoisyGate>());
        byType[typeof(Func<int[], SelectionRule>)] = _ => new Func<int[], SelectionRule>(_ => new ModeSelection());
        byType[typeof(Action<Tensor, VectorBatch>)] = _ => new Action<Tensor, VectorBatch>((_, _) => { });
        byType[typeof(Func<ForwardPass, Tensor, Tensor>)] = _ => Output(Network());
    }

    private CompositionLayout Layout() =>
        new(new LayerLayout("layer", Sizes["modules"], Sizes["picks"], World.Choices.OneIn(2) ? 1 : Sizes["steps"]));

    /// <summary>Some datapoints; where tasks are learned one after the other, as many as all of their mini-batches together have.</summary>
    private BatchSet TrainingSet()
    {
        bool isOrdered = Network() is Regression { IsFixed: true } && !World.Choices.Fault();
        return new BatchSet(World.Tape, NetworkSizes(isOrdered ? OrderedDatapoints : Sizes["rows"] + 1), isOrdered);
    }

    private NetworkSizes NetworkSizes(int count) =>
        new(count, Sizes["inputs"], Sizes["hidden"], Sizes["modules"], Sizes["picks"], Sizes["steps"]);

    private ForwardPass Pass()
    {
        var pass = new ForwardPass(World.Tape) { DetachesControllers = World.Choices.OneIn(4) };
        if (World.Choices.OneIn(4))
            pass.Observer = new SelectionStatistics();
        if (World.Choices.Fault())
            return pass;
        var rule = World.Choices.OneIn(3) ? World.Choices.OneOf<SelectionRule>(new ModeSelection(), new MixtureSelection(1)) : maker.Make<SelectionRule>();
        if (World.Choices.OneIn(2))
            pass.BeginTraining(rule, Sizes["batch"], World.Choices.Key());
        else
            pass.Begin(rule, Sizes["batch"]);
        return pass;
    }

    /// <summary>A unit that has a fused kernel as often as one that goes step by step.</summary>
    private ModularGru Unit()
    {
        int hidden = Sizes["hidden"], inputs = Sizes["inputs"], modules = Sizes["modules"], picks = Sizes["picks"];
        var key = World.Choices.Key();
        ModulePool pool = new LinearModules("modules", modules, hidden + inputs, hidden, Activation.None, key.Split("modules"));
        if (World.Choices.OneIn(3))
            pool = new LayerModules([.. Enumerable.Range(0, modules).Select(m => (Layer)new Linear($"module {m}", hidden + inputs, hidden, key.Split((ulong)m)))]);
        Chooser chooser = World.Choices.Below(4) switch
        {
            0 => new NoisyGate("gate", hidden + inputs, modules),
            1 => new FixedChoice(modules, picks),
            _ => new LinearController(
                "controller", hidden + inputs, modules, picks, key.Split("controller"), inputKeys: World.Choices.OneIn(3) ? Attack.NetworkSizes.Classes : 0),
        };
        var gates = chooser is not NoisyGate && World.Choices.OneIn(3) ? new GateModules("gates", modules, hidden + inputs, hidden, key.Split("gates")) : null;
        var unit = new ModularGru("unit", inputs, hidden, pool, chooser, key.Split("unit"), World.Choices.OneOf(StateActivation.Relu, StateActivation.Tanh), gates);
        World.Adopt(unit.Parameters);
        return unit;
    }

    /// <summary>A layer of linear modules, or of any.</summary>
    private ModularLayer Layer()
    {
        int inputs = Sizes["inputs"], modules = Sizes["modules"];
        var key = World.Choices.Key();
        var pool = World.Choices.OneIn(4)
            ? maker.Make<ModulePool>()
            : new LinearModules("modules", modules, inputs, Sizes["outputs"], Activation.None, key.Split("modules"));
        var chooser = World.Choices.Below(4) switch
        {
            0 => maker.Make<Chooser>(),
            1 => new NoisyGate("gate", inputs, modules),
            _ => new LinearController("controller", inputs, modules, Sizes["picks"], key.Split("controller")),
        };
        var layer = new ModularLayer("layer", pool, chooser, World.Choices.OneOf(Combination.Sum, Combination.Concatenate));
        World.Adopt(layer.Parameters);
        return layer;
    }

    /// <summary>A layer that takes what a plain input has.</summary>
    private ModularLayer Plain()
    {
        int inputs = Sizes["inputs"], modules = Sizes["modules"];
        var key = World.Choices.Key();
        Chooser chooser = World.Choices.OneIn(2) ? new NoisyGate("gate", inputs, modules) : new LinearController("controller", inputs, modules, Sizes["picks"], key.Split("controller"));
        var layer = new ModularLayer("layer", new LinearModules("modules", modules, inputs, Sizes["outputs"], Activation.None, key.Split("modules")), chooser);
        World.Adopt(layer.Parameters);
        return layer;
    }

    private RecurrentClassifier Recurrent()
    {
        var network = new RecurrentClassifier(Unit(), NetworkSizes(Sizes["rows"]), World.Choices.Key());
        World.Adopt(network.Parameters);
        return network;
    }

    /// <summary>The same one in all of a call, so that an optimiser has the parameters of what is trained.</summary>
    private ModularNetwork<Batch> Network() => World.One(() => World.Choices.OneIn(2) ? Recurrent() : Layered());

    private ModularNetwork<Batch> Layered()
    {
        int size = Sizes["inputs"], modules = Sizes["modules"], picks = Sizes["picks"], kind = World.Choices.Below(3);
        var key = World.Choices.Key();
        Chooser Choose(int layer) => kind switch
        {
            0 => new FixedChoice(modules, picks),
            1 => new NoisyGate($"gate {layer}", size, modules),
            _ => new LinearController($"controller {layer}", size, modules, picks, key.Split((ulong)layer + 2)),
        };
        var network = new Regression([.. Enumerable.Range(0, 2).Select(layer => new ModularLayer(
            $"layer {layer}",
            new LinearModules($"modules {layer}", modules, size, size, Activation.None, key.Split((ulong)layer)),
            Choose(layer)))]);
        World.Adopt(network.Parameters);
        return network;
    }

    private static Func<ForwardPass, Tensor, Tensor> Output(ModularNetwork<Batch> network) => (pass, input) =>
        network.LogLikelihood(pass, new Batch(input, IndexTensor.Allocate(new Shape(1)), Tensor.Allocate(new Shape(1, 1))));

    private ModularModel Model(ModularNetwork<Batch> network)
    {
        // Models run in single precision, whatever the kernels of the call do.
        foreach (var parameter in network.Parameters)
            parameter.ConvertTo(Precision.Single);
        return new ModularModel(network.Layout, Sizes["inputs"], Output(network));
    }

    private SelectionStatistics Statistics()
    {
        var statistics = new SelectionStatistics();
        statistics.Observe(0, 1, Logits());
        return statistics;
    }

    private RecordedSelections Recorded()
    {
        var recorded = new RecordedSelections();
        recorded.Observe(0, 1, Logits());
        return recorded;
    }

    private Tensor Logits() => Tensor.Allocate(new Shape(Sizes["rows"], Sizes["picks"], Sizes["modules"]), World.Tape.Precision);
}
