namespace ModularNetworks.Engine.Tests;

/// <summary>
/// What a caller does to indices after an operation has run changes nothing of its gradient: operations keep a copy.
/// </summary>
public sealed class ChangedIndicesTests
{
    private static readonly ImagePatches Patches = new(new ImageShape(1, 3, 3), new Window(2));

    public static TheoryData<string> Operations =>
        ["Gather", "GatherLast", "ScatterLast", "CategoricalLogProbability", "LinearCrossEntropy", "PickedConvolution"];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Gradients_are_those_of_the_indices_that_were_given(string operation)
    {
        float[] expected = Gradient(operation, changed: null);
        Assert.Equal(expected, Gradient(operation, changed: 0));
        Assert.Equal(expected, Gradient(operation, changed: 100_000_000));
        Assert.Equal(expected, Gradient(operation, changed: -50_000_000));
        Assert.Contains(expected, value => value != 0);
    }

    private static float[] Gradient(string operation, int? changed)
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var (x, indices) = Arguments(operation);
        var output = Run(tape, operation, x.Value, indices);
        if (changed is { } value)
            indices.Values.Fill(value);
        tape.Backward(tape.Sum(output));
        return x.Gradient.Values.ToArray();
    }

    private static (Parameter X, IndexTensor Indices) Arguments(string operation)
    {
        int[] sizes = operation == "PickedConvolution" ? [3, 2, Patches.Size] : [2, 3];
        var x = new Parameter("x", new Shape(sizes), stacked: sizes.Length == 3);
        for (int i = 0; i < x.Shape.Count; i++)
            x.Value[i] = 0.1 * i;
        return (x, operation switch
        {
            "GatherLast" or "PickedConvolution" => IndexTensor.From(new Shape(2, 1), [1, 2]),
            "ScatterLast" => IndexTensor.From(new Shape(2, 3), [0, 1, 2, 2, 0, 1]),
            _ => IndexTensor.From(new Shape(2), [1, 1]),
        });
    }

    private static Tensor Run(Tape tape, string operation, Tensor x, IndexTensor indices) => operation switch
    {
        "Gather" => tape.Gather(x, indices),
        "GatherLast" => tape.GatherLast(x, indices),
        "ScatterLast" => tape.Square(tape.ScatterLast(x, indices, size: 3)),
        "CategoricalLogProbability" => tape.CategoricalLogProbability(x, indices),
        "LinearCrossEntropy" => tape.Multiply(
            tape.LinearCrossEntropy(x, Ramp(3, 4), Ramp(4), indices), Ramp(2)), // weighted rows read the targets again
        _ => tape.PickedConvolution(Ramp(2, 9), Patches, indices, x, null),
    };

    private static Tensor Ramp(params ReadOnlySpan<int> sizes)
    {
        var tensor = Tensor.Allocate(new Shape(sizes));
        for (int i = 0; i < tensor.Shape.Count; i++)
            tensor[i] = 0.3 * i;
        return tensor;
    }
}
