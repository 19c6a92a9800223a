namespace ModularNetworks.Engine;

/// <summary>A named tensor that training adjusts.</summary>
public sealed class Parameter
{
    /// <summary>Creates a zero-filled parameter.</summary>
    /// <param name="name">A name unique within the model, such as <c>gates.weight</c>.</param>
    /// <param name="shape">The parameter's shape.</param>
    public Parameter(string name, Shape shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Value = Tensor.Allocate(shape);
        Value.TracksGradient = true;
        Value.Gradient = Tensor.Allocate(shape);
    }

    /// <summary>The name, unique within a model.</summary>
    public string Name { get; }

    /// <summary>The current value. Always tracks a gradient.</summary>
    public Tensor Value { get; private set; }

    /// <summary>The gradient that backward passes add to, until an optimiser clears it.</summary>
    public Tensor Gradient => Value.Gradient!;

    /// <summary>The parameter's shape.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>Changes the element type, keeping the value and clearing the gradient.</summary>
    public void ConvertTo(Precision precision)
    {
        if (precision == Value.Precision)
            return;
        var converted = Tensor.Allocate(Shape, precision);
        if (precision == Precision.Double)
            Copy(Value.As<float>(), converted.As<double>());
        else
            Copy(Value.As<double>(), converted.As<float>());
        converted.TracksGradient = true;
        converted.Gradient = Tensor.Allocate(Shape, precision);
        Value = converted;
    }

    private static void Copy(ReadOnlySpan<float> source, Span<double> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = source[i];
    }

    private static void Copy(ReadOnlySpan<double> source, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = (float)source[i];
    }
}
