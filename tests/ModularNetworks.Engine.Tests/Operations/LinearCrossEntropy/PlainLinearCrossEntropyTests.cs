namespace ModularNetworks.Engine.Tests;

public sealed class PlainLinearCrossEntropyTests
{
    private const double Step = 1e-6;

    [Fact]
    public void Gradients_are_the_slopes_of_the_weighted_losses()
    {
        using var workers = new WorkerPool(1);
        var kernels = new PlainKernels<double>(workers);
        var key = RandomKey.FromSeed(5);
        var hidden = Random(key.Split("hidden"), 3, 2);
        var weight = Random(key.Split("weight"), 2, 5);
        var bias = Random(key.Split("bias"), 5);
        var rowWeights = Random(key.Split("row weights"), 3);
        var targets = IndexTensor.From(new Shape(3), [4, 0, 2]);
        var (hiddenGradient, weightGradient) = (Random(key, 3, 2), Random(key, 2, 5));
        var (biasGradient, losses) = (Random(key, 5), Random(key, 3));
        kernels.LinearCrossEntropyGradients(new(
            Matrix.Of(hidden), Matrix.Of(weight), bias, targets, rowWeights,
            losses, Matrix.Of(hiddenGradient), Matrix.Of(weightGradient), biasGradient));

        AssertSlopes(hidden, hiddenGradient);
        AssertSlopes(weight, weightGradient);
        AssertSlopes(bias, biasGradient);

        void AssertSlopes(Tensor input, Tensor gradient)
        {
            for (int i = 0; i < input.Shape.Count; i++)
            {
                double value = input.As<double>()[i];
                input.As<double>()[i] = value + Step;
                double above = WeightedLoss();
                input.As<double>()[i] = value - Step;
                double below = WeightedLoss();
                input.As<double>()[i] = value;
                Assert.Equal((above - below) / (2 * Step), gradient.As<double>()[i], 1e-8);
            }
        }

        double WeightedLoss()
        {
            kernels.LinearCrossEntropy(Matrix.Of(hidden), Matrix.Of(weight), bias, targets, losses);
            double sum = 0;
            for (int row = 0; row < 3; row++)
                sum += losses.As<double>()[row] * rowWeights.As<double>()[row];
            return sum;
        }
    }

    [Fact]
    public void Equal_logits_lose_the_logarithm_of_the_number_of_classes()
    {
        using var workers = new WorkerPool(1);
        var losses = Tensor.Allocate(new Shape(1), Precision.Double);
        new PlainKernels<double>(workers).LinearCrossEntropy(
            Matrix.Of(Tensor.Allocate(new Shape(1, 2), Precision.Double)),
            Matrix.Of(Tensor.Allocate(new Shape(2, 10), Precision.Double)),
            Tensor.Allocate(new Shape(10), Precision.Double),
            IndexTensor.From(new Shape(1), [3]),
            losses);
        Assert.Equal(Math.Log(10), losses.As<double>()[0], 1e-14);
    }

    private static Tensor Random(RandomKey key, params int[] sizes)
    {
        var tensor = Tensor.Allocate(new Shape(sizes), Precision.Double);
        for (int i = 0; i < tensor.Shape.Count; i++)
            tensor.As<double>()[i] = key.Normal((ulong)i);
        return tensor;
    }
}
