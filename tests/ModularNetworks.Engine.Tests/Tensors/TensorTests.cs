namespace ModularNetworks.Engine.Tests;

public sealed class TensorTests
{
    [Fact]
    public void A_new_tensor_is_zero() =>
        Assert.All(Tensor.Allocate(new Shape(3, 4)).Values.ToArray(), value => Assert.Equal(0, value));

    [Fact]
    public void A_tensor_takes_its_values_in_order() =>
        Assert.Equal([1, 2, 3, 4], Tensor.From(new Shape(2, 2), [1, 2, 3, 4]).Values.ToArray());

    [Fact]
    public void The_number_of_values_is_checked()
    {
        Assert.Contains("[2, 2]", Assert.Throws<ShapeException>(() => Tensor.From(new Shape(2, 2), [1])).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => IndexTensor.From(new Shape(2, 2), [1]));
    }

    [Fact]
    public void Elements_are_read_in_their_own_type()
    {
        var tensor = Tensor.Allocate(new Shape(2), Precision.Double);
        Assert.Equal(2, tensor.As<double>().Length);
        var error = Assert.Throws<InvalidOperationException>(() => tensor.Values.Length);
        Assert.Contains("Double", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => tensor.As<int>().Length);
    }

    [Fact]
    public void Only_one_element_makes_a_scalar()
    {
        Assert.Equal(7, Tensor.From(new Shape(1, 1), [7]).ToScalar());
        Assert.Throws<ShapeException>(() => Tensor.Allocate(new Shape(2)).ToScalar());
    }

    [Fact]
    public void A_parameter_keeps_its_value_when_its_precision_changes()
    {
        var parameter = new Parameter("x", new Shape(2));
        new float[] { 0.1f, -3 }.CopyTo(parameter.Value.Values);
        parameter.ConvertTo(Precision.Double);
        Assert.Equal([0.1f, -3], parameter.Value.As<double>().ToArray());
        parameter.ConvertTo(Precision.Single);
        Assert.Equal([0.1f, -3], parameter.Value.Values.ToArray());
        Assert.True(parameter.Value.TracksGradient);
    }
}
