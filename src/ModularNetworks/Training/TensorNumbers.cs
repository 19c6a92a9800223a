using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A tensor's numbers in double precision, whatever its own is.</summary>
internal static class TensorNumbers
{
    /// <summary>Reads one number.</summary>
    public static double Read(Tensor tensor, int index) =>
        tensor.Precision == Precision.Single ? tensor.As<float>()[index] : tensor.As<double>()[index];

    /// <summary>Writes one number.</summary>
    public static void Write(Tensor tensor, int index, double value)
    {
        if (tensor.Precision == Precision.Single)
            tensor.As<float>()[index] = (float)value;
        else
            tensor.As<double>()[index] = value;
    }

    /// <summary>Copies all numbers to a tensor of the same shape and precision.</summary>
    public static void Copy(Tensor source, Tensor target)
    {
        if (source.Precision == Precision.Single)
            source.As<float>().CopyTo(target.As<float>());
        else
            source.As<double>().CopyTo(target.As<double>());
    }
}
