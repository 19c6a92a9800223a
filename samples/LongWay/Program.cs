using ModularNetworks;
using ModularNetworks.Engine;

// y = |x| with two linear modules: EM finds that one suits each side, and the controller learns which.
var key = RandomKey.FromSeed(1);
using var workers = new WorkerPool(threadCount: 1);
var tape = new Tape(SimdKernels.Create(workers));

var network = new TwoSides(key.Split("network"));
var optimizer = new Adam(network.Parameters, tape.Kernels, learningRate: 0.03);
var em = new ViterbiEm<Points>(network, new Curve(), optimizer, tape, key.Split("training"));
for (int step = 0; step < 2000; step++)
    em.Step();

var model = new ModularModel(network.Layout, inputs: 1, network.Layer.Forward);
foreach (float x in (float[])[-0.9f, -0.4f, 0.2f, 0.7f])
{
    var answer = model.Predict([x]);
    Console.WriteLine($"f({x,4:F1}) = {answer.Output[0]:F3}   by module {answer.Composition[layer: 0].Modules[0]}");
}

internal sealed record Points(Tensor X, Tensor Y);

internal sealed class TwoSides : ModularNetwork<Points>
{
    private readonly GaussianLikelihood _noise = GaussianLikelihood.Fixed(variance: 0.01);

    public TwoSides(RandomKey key) => Layer = new ModularLayer(
        "sides",
        new LinearModules("modules", modules: 2, inputs: 1, outputs: 1, Activation.None, key.Split("modules")),
        new LinearController("controller", inputs: 1, modules: 2, picks: 1, key.Split("controller")));

    public ModularLayer Layer { get; }

    public override CompositionLayout Layout => new(Layer.Layout);

    public override IReadOnlyList<Parameter> Parameters => Layer.Parameters;

    public override Tensor LogLikelihood(ForwardPass pass, Points batch) =>
        _noise.LogLikelihood(pass, Layer.Forward(pass, batch.X), batch.Y);
}

internal sealed class Curve : ITrainingSet<Points>
{
    public int Count => 512;

    public Points Load(ReadOnlySpan<int> datapoints)
    {
        float[] x = [.. datapoints.ToArray().Select(n => (n - 255.5f) / 256)];
        var shape = new Shape(x.Length, 1);
        return new Points(Tensor.From(shape, x), Tensor.From(shape, [.. x.Select(MathF.Abs)]));
    }
}
