using ModularNetworks;
using ModularNetworks.Engine;

// A counter from 0 to 4 goes up, down, or back to 0. The network reads the commands and says what the counter shows. Its
// recurrent unit has modules and a controller of its own kinds, both written below; EM trains them like any others.
var key = RandomKey.FromSeed(1);
using var device = new Device();
var network = new CounterReader(modules: 3, key.Split("network"));
var method = new EmMethod { Options = new() { Samples = 5, MStepsPerEStep = 5 } };
var options = new FitOptions { Method = method, Steps = 1000, BatchSize = 64, LearningRate = 0.01 };
var history = network.Fit(new Counters(key.Split("data")), device, key.Split("training"), options);
Console.WriteLine($"log-likelihood of a sequence: {-history.Measurements[0].Loss:F2} at first, {-history.Kept.Loss:F2} after training");

string[] names = ["up", "down", "reset"];
var reader = new ModularGruReader(network.Unit);
foreach (int command in (int[])[0, 0, 0, 1, 2, 1, 1, 0, 0, 0])
{
    reader.Read(network.VectorOf(command));
    device.Tape.Reset(recording: false);
    int shown = device.Tape.MostProbable(network.Output.Logits(device.Tape, reader.State)).Values[0];
    Console.WriteLine($"{names[command],-5} -> {shown}   by module {reader.Selection.Modules[0]}");
}

/// <summary>
/// Modules that share one matrix and scale its inputs and outputs, each by vectors of its own:
/// <c>f_m(x) = (x * r_m) W * s_m</c>. A module costs two vectors instead of a matrix.
/// </summary>
internal sealed class ScaledModules : ModulePool
{
    private readonly Parameter _weight, _inputScale, _outputScale;

    public ScaledModules(string name, int modules, int inputs, int outputs, RandomKey key)
    {
        Modules = modules;
        _weight = new Parameter($"{name}.weight", new Shape(inputs, outputs));
        _inputScale = new Parameter($"{name}.inputScale", new Shape(modules, inputs), stacked: true);
        _outputScale = new Parameter($"{name}.outputScale", new Shape(modules, outputs), stacked: true);
        Initialization.GlorotUniform(_weight.Value, inputs, outputs, key.Split("weight"));
        Initialization.GlorotUniform(_inputScale.Value, 1, 1, key.Split("inputScale")); // of variance 1: modules begin apart
        _outputScale.Value.Values.Fill(1);
    }

    public override int Modules { get; }

    public override IReadOnlyList<Parameter> Parameters => [_weight, _inputScale, _outputScale];

    public override Tensor Forward(Tape tape, Tensor input, IndexTensor selection)
    {
        var rows = tape.RentIndices(selection.Shape); // every input once for each of its K modules
        for (int pick = 0; pick < rows.Values.Length; pick++)
            rows.Values[pick] = pick / selection.Shape[1];
        var scaled = tape.Multiply(tape.Gather(input, rows), tape.Gather(_inputScale.Value, selection));
        var product = tape.MatrixProduct(scaled, _weight.Value);
        return tape.Multiply(product, tape.Gather(_outputScale.Value, selection));
    }
}

/// <summary>A controller with a hidden layer.</summary>
internal sealed class TwoLayerController(string name, int inputs, int hidden, int modules, int picks, RandomKey key) : Controller
{
    private readonly Sequential _layers = new(
        new Linear($"{name}.first", inputs, hidden, key.Split("first")),
        Activation.Tanh,
        new Linear($"{name}.last", hidden, picks * modules, key.Split("last")));

    public override int Modules => modules;

    public override int Picks => picks;

    public override IReadOnlyList<Parameter> Parameters => _layers.Parameters;

    public override SelectionLogits Logits(Tape tape, ControllerInput input)
    {
        var logits = _layers.Forward(tape, input.Values);
        return tape.Reshape(logits, new Shape(logits.Shape.Rows, picks, modules));
    }
}

internal sealed record Commands(IndexTensor Inputs, IndexTensor Shown, Tensor Initial);

internal sealed class CounterReader : LayeredNetwork<Commands>
{
    public const int Hidden = 8;

    private const int Features = 3, Joined = Hidden + Features; // modules and controller read state and input side by side

    private readonly Embedding _commands;

    public CounterReader(int modules, RandomKey key)
        : base(key)
    {
        _commands = Add("commands", (name, key) => new Embedding(name, Counters.Kinds, Features, key));
        Unit = AddRecurrent("unit", Counters.Steps, (name, key) => new ModularGru(
            name, Features, Hidden,
            new ScaledModules("modules", modules, Joined, Hidden, key.Split("modules")),
            new TwoLayerController("controller", Joined, hidden: 8, modules, picks: 1, key.Split("controller")),
            key));
        Output = Add("output", (name, key) => new SequenceLikelihood(name, Hidden, Counters.Numbers, key));
    }

    public ModularGru Unit { get; }

    public SequenceLikelihood Output { get; }

    public ReadOnlySpan<float> VectorOf(int command) => _commands.Weight.Value.Values.Slice(command * Features, Features);

    public override Tensor LogLikelihood(ForwardPass pass, Commands batch) => Output.LogLikelihood(
        pass, Unit.Forward(pass, _commands.Forward(pass.Tape, batch.Inputs), batch.Initial), batch.Shown);
}

/// <summary>Random commands, and what the counter shows after each.</summary>
internal sealed class Counters(RandomKey key) : ITrainingSet<Commands>
{
    public const int Kinds = 3, Numbers = 5, Steps = 12;

    public int Count => 1000;

    public Commands Load(ReadOnlySpan<int> datapoints)
    {
        int batch = datapoints.Length;
        var (inputs, shown) = (new int[Steps * batch], new int[Steps * batch]); // time-major
        for (int n = 0; n < batch; n++)
        {
            int number = 0;
            for (int t = 0; t < Steps; t++)
            {
                int command = key.Split((ulong)datapoints[n]).Below((ulong)t, Kinds);
                number = command == 2 ? 0 : (number + (command == 0 ? 1 : Numbers - 1)) % Numbers;
                (inputs[(t * batch) + n], shown[(t * batch) + n]) = (command, number);
            }
        }
        var (shape, initial) = (new Shape(inputs.Length), Tensor.Allocate(new Shape(batch, CounterReader.Hidden)));
        return new Commands(IndexTensor.From(shape, inputs), IndexTensor.From(shape, shown), initial);
    }
}
