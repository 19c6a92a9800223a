using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Datapoints of a regression problem, <c>[batch, inputs]</c> and <c>[batch, outputs]</c>.</summary>
internal sealed record VectorBatch(Tensor Inputs, Tensor Targets);

/// <summary>
/// Modular layers with hyperbolic tangents between them and a Gaussian likelihood. The first input's sign is the key.
/// </summary>
internal sealed class VectorNetwork : LayeredNetwork<VectorBatch>, IKeyedNetwork<VectorBatch>
{
    private readonly ModularLayer[] _layers;
    private readonly GaussianLikelihood _likelihood;

    public VectorNetwork(GaussianLikelihood likelihood, params ModularLayer[] layers)
        : base(key: default)
    {
        (_layers, _likelihood) = ([.. layers.Select(AddModular)], likelihood);
        AddParameters(likelihood.Parameters);
    }

    public int InputKeys => 2;

    public IndexTensor KeysOf(Tape tape, VectorBatch batch, int batchSize)
    {
        var keys = tape.RentIndices(new Shape(batchSize));
        for (int n = 0; n < batchSize; n++)
            keys.Values[n] = batch.Inputs[n * batch.Inputs.Shape[1]] > 0 ? 1 : 0;
        return keys;
    }

    /// <summary>A network of linear modules of one size; every layer has its own.</summary>
    public static VectorNetwork Create(int layers, int modules, int picks, int size = 2) =>
        new(
            GaussianLikelihood.Fixed(1),
            [.. Enumerable.Range(0, layers).Select(i => Layer($"layer {i}", modules, picks, size))]);

    public static ModularLayer Layer(string name, int modules, int picks, int size) => new(
        name,
        new LinearModules($"{name}.modules", modules, size, size, Activation.None, RandomKey.FromSeed(1)),
        new LinearController($"{name}.controller", size, modules, picks, RandomKey.FromSeed(2)));

    public static VectorBatch Batch(RandomKey key, int count, int size, Precision precision) => new(
        Numbers.Uniform(key.Split("inputs"), count * size).ToTensor(precision, count, size),
        Numbers.Uniform(key.Split("targets"), count * size).ToTensor(precision, count, size));

    public Tensor Predict(ForwardPass pass, Tensor input)
    {
        for (int i = 0; i < _layers.Length; i++)
            input = _layers[i].Forward(pass, i == 0 ? input : pass.Tape.Tanh(input));
        return input;
    }

    public override Tensor LogLikelihood(ForwardPass pass, VectorBatch batch) =>
        _likelihood.LogLikelihood(pass, Predict(pass, batch.Inputs), batch.Targets);
}
