namespace ModularNetworks.Engine.Tests;

/// <summary>A class that is certain has the probability 1 and the log-probability 0, to the last bit.</summary>
public sealed class CertainChoiceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(100)]
    public void A_certain_class_has_the_log_probability_zero(int classes)
    {
        using var workers = new WorkerPool(1);
        foreach (int rows in (int[])[1, 2, 7, 64])
        {
            var tape = new Tape(SimdKernels.Create(workers));
            var logits = Tensor.Allocate(new Shape(rows, classes));
            logits.Values.Fill(-1000);
            int certain = classes / 2;
            for (int row = 0; row < rows; row++)
                logits[(row * classes) + certain] = 5;
            var selected = IndexTensor.Allocate(new Shape(rows));
            selected.Values.Fill(certain);
            Assert.All(tape.CategoricalLogProbability(logits, selected).Values.ToArray(), value => Assert.Equal(0, value));
            Assert.Equal(0, tape.LogSoftmax(logits)[certain]);
            Assert.Equal(1, tape.Softmax(logits)[certain]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(600)]
    public void The_exponential_of_zero_is_one_whatever_stands_beside_it(int count)
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        Assert.All(tape.Exp(Tensor.Allocate(new Shape(count))).Values.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Equal_classes_share_the_probability_equally()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        Assert.All(tape.Softmax(Tensor.Allocate(new Shape(9, 4))).Values.ToArray(), value => Assert.Equal(0.25f, value));
        Assert.All(tape.LogSoftmax(Tensor.Allocate(new Shape(9, 4))).Values.ToArray(), value => Assert.Equal(MathF.Log(0.25f), value));
    }
}
