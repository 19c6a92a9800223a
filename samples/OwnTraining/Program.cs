using ModularNetworks;
using ModularNetworks.Engine;

// The sign of y is drawn: y = x with probability 0.7, y = -x otherwise. No controller can know which, so that the best
// network is a mixture. The method of training below learns it from the exact likelihood of y, without a search.
var key = RandomKey.FromSeed(1);
using var device = new Device();
var network = new TwoAnswers(key.Split("network"));
var options = new FitOptions { Method = new MarginalLikelihood(), Steps = 1000, BatchSize = 256, LearningRate = 0.03 };
var history = network.Fit(new DrawnSigns(key.Split("data")), device, key.Split("training"), options);
Console.WriteLine($"log p(y|x): {-history.Measurements[0].Loss:F2} at first, {-history.Kept.Loss:F2} after training");

var tape = device.Tape;
var pass = new ForwardPass(tape);
tape.Reset(recording: false);
pass.Begin(MarginalLikelihoodTrainer<Points>.All(network.Layout, batchSize: 1), batchSize: 1);
var answers = network.Layer.Forward(pass, tape.Constant(new Shape(1, 1), [0.5f]));
var probabilities = tape.Exp(pass.Trace.LogProbability!);
for (int module = 0; module < 2; module++)
    Console.WriteLine($"module {module}: f(0.5) = {answers[module],5:F2} with probability {probabilities[module]:F2}");

/// <summary>The method, for Fit.</summary>
internal sealed record MarginalLikelihood : TrainingMethod
{
    public override ITrainer CreateTrainer<TBatch>(TrainingParts<TBatch> parts) => new MarginalLikelihoodTrainer<TBatch>(parts);
}

/// <summary>
/// Gradient steps up the exact log p(y|x) = log Σ_a p(y|x, a, θ) p(a|x, φ) (Eq. 4): every composition is run for every
/// datapoint, which small networks allow.
/// </summary>
internal sealed class MarginalLikelihoodTrainer<TBatch> : GradientTrainer<TBatch>
{
    private readonly GivenSelection _all;
    private readonly IndexTensor _rows;

    public MarginalLikelihoodTrainer(TrainingParts<TBatch> parts)
        : base(parts.Network, parts.Data, parts.Optimizer, parts.Tape, parts.Key, parts.BatchSize)
    {
        _all = All(Network.Layout, BatchSize);
        _rows = IndexTensor.Allocate(new Shape(BatchSize, _all.Candidates));
        for (int n = 0; n < BatchSize; n++)
        {
            for (int a = 0; a < _all.Candidates; a++)
                _rows.Values[(n * _all.Candidates) + a] = (a * BatchSize) + n;
        }
    }

    /// <summary>All compositions of every datapoint of a mini-batch.</summary>
    public static GivenSelection All(CompositionLayout layout, int batchSize)
    {
        int count = checked((int)layout.CompositionCount);
        var compositions = IndexTensor.Allocate(new Shape(count * batchSize, layout.Length));
        for (int row = 0; row < count * batchSize; row++)
        {
            int digits = row / batchSize; // the picks are the digits of the composition's number
            for (int pick = 0; pick < layout.Length; pick++)
                (digits, compositions.Values[(row * layout.Length) + pick]) = Math.DivRem(digits, layout.ModulesOf(pick));
        }
        return new GivenSelection(compositions, count);
    }

    protected override Tensor Loss(ReadOnlySpan<int> datapoints, long step, out StepResult result)
    {
        Pass.BeginTraining(_all, datapoints.Length, TrainingKey(step));
        var logLikelihood = Network.LogLikelihood(Pass, Data.Load(datapoints));
        var joint = Tape.Gather(Tape.Add(logLikelihood, Pass.Trace.LogProbability!), _rows); // [batch, compositions]
        // log Σ_a exp(joint_a) = joint_0 - log softmax(joint)_0, which no large number can overflow.
        var marginal = Tape.Mean(Tape.Slice(Tape.Subtract(joint, Tape.LogSoftmax(joint)), 0, 1));
        result = new StepResult(marginal.ToScalar(), SelectionLogProbability: 0);
        return Tape.Scale(marginal, -1);
    }
}

internal sealed record Points(Tensor X, Tensor Y);

internal sealed class TwoAnswers : LayeredNetwork<Points>
{
    private readonly GaussianLikelihood _noise = GaussianLikelihood.Fixed(variance: 0.01);

    public TwoAnswers(RandomKey key)
        : base(key) => Layer = AddModular(
            "answers",
            (name, key) => new LinearModules(name, modules: 2, inputs: 1, outputs: 1, Activation.None, key),
            (name, key) => new LinearController(name, inputs: 1, modules: 2, picks: 1, key));

    public ModularLayer Layer { get; }

    public override Tensor LogLikelihood(ForwardPass pass, Points batch) =>
        _noise.LogLikelihood(pass, Layer.Forward(pass, batch.X), batch.Y);
}

internal sealed class DrawnSigns(RandomKey key) : ITrainingSet<Points>
{
    public int Count => 4096;

    public Points Load(ReadOnlySpan<int> datapoints)
    {
        var (x, y) = (new float[datapoints.Length], new float[datapoints.Length]);
        for (int i = 0; i < x.Length; i++)
        {
            var own = key.Split((ulong)datapoints[i]);
            x[i] = (2 * own.Uniform(0)) - 1;
            y[i] = (own.Uniform(1) < 0.7f ? x[i] : -x[i]) + (0.1f * (float)own.Split("noise").Normal(0));
        }
        var shape = new Shape(x.Length, 1);
        return new Points(Tensor.From(shape, x), Tensor.From(shape, y));
    }
}
