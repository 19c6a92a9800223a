using ModularNetworks.Engine;

namespace ModularNetworks.Documents.Tests;

/// <summary>Runs the code of <c>docs/library.md</c> about a network of one's own, and of <c>docs/prediction.md</c> about answers that are filled.</summary>
public sealed class OwnNetworkPage
{
    private float _sum;

    [Fact]
    public void A_network_of_ones_own_is_fitted_and_answers()
    {
        var (network, data) = (new TwoSides(RandomKey.FromSeed(1)), new Curve());
        using var device = new Device(threads: 2);
        var history = network.Fit(data, device, RandomKey.FromSeed(1), new FitOptions { Epochs = 20, Method = TrainingMethod.Em });
        Assert.Equal(20, history.Measurements.Count);

        var model = new ModularModel(network.Layout, inputs: 1, network.Sides.Forward);
        AnswerAll(model, [[-0.5f], [0.5f]]);
        Assert.Equal(model.Predict([-0.5f]).Output[0] + model.Predict([0.5f]).Output[0], _sum);
    }

    private void AnswerAll(ModularModel model, float[][] inputs)
    {
        var answer = new ModelAnswer();
        foreach (float[] input in inputs)
        {
            model.Predict(input, answer);
            Use(answer.Output, answer.Composition);
        }
    }

    private void Use(ReadOnlySpan<float> output, Composition composition)
    {
        _sum += output[0];
        Assert.InRange(composition[layer: 0].Modules[0], 0, 1);
    }

    private sealed record Points(Tensor X, Tensor Y);

    private sealed class TwoSides : LayeredNetwork<Points>
    {
        private readonly GaussianLikelihood _noise = GaussianLikelihood.Fixed(variance: 0.01);

        public TwoSides(RandomKey key)
            : base(key) => Sides = AddModular(
                "sides",
                (name, key) => new LinearModules(name, modules: 2, inputs: 1, outputs: 1, Activation.None, key),
                (name, key) => new LinearController(name, inputs: 1, modules: 2, picks: 1, key));

        public ModularLayer Sides { get; }

        public override Tensor LogLikelihood(ForwardPass pass, Points batch) => _noise.LogLikelihood(pass, Sides.Forward(pass, batch.X), batch.Y);
    }

    private sealed class Curve : ITrainingSet<Points>
    {
        public int Count => 256;

        public Points Load(ReadOnlySpan<int> datapoints)
        {
            float[] x = [.. datapoints.ToArray().Select(n => (n - 127.5f) / 128)];
            var shape = new Shape(x.Length, 1);
            return new Points(Tensor.From(shape, x), Tensor.From(shape, [.. x.Select(MathF.Abs)]));
        }
    }
}
