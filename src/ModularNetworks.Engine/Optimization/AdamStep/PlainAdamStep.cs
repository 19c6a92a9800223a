using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>Steps of Adam in plain loops: the definition.</summary>
internal static class PlainAdamStep
{
    public static void Run<T>(
        Tensor value, Tensor gradient, Tensor mean, Tensor variance, in AdamStepSettings settings)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Step(value.As<T>(), gradient.As<T>(), mean.As<T>(), variance.As<T>(), settings);

    public static void RunRows<T>(
        Tensor value,
        Tensor gradient,
        Tensor mean,
        Tensor variance,
        TouchedRows rows,
        Tensor factors,
        in AdamStepSettings settings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = value.Shape.Count / value.Shape[0];
        var factor = factors.As<T>();
        for (int i = 0; i < rows.Count; i++)
        {
            var row = new Range(rows.Rows[i] * size, (rows.Rows[i] + 1) * size);
            var m = mean.As<T>()[row];
            var v = variance.As<T>()[row];
            TensorPrimitives.Multiply(m, factor[2 * i], m);
            TensorPrimitives.Multiply(v, factor[(2 * i) + 1], v);
            Step(value.As<T>()[row], gradient.As<T>()[row], m, v, settings);
        }
    }

    private static void Step<T>(Span<T> x, Span<T> g, Span<T> m, Span<T> v, in AdamStepSettings settings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T keep1 = T.CreateChecked(1 - settings.Beta1);
        T beta2 = T.CreateChecked(settings.Beta2);
        T keep2 = T.CreateChecked(1 - settings.Beta2);
        T stepSize = T.CreateChecked(settings.StepSize);
        T rootCorrection = T.CreateChecked(settings.RootCorrection);
        T epsilon = T.CreateChecked(settings.Epsilon);
        T keep = T.CreateChecked(settings.Keep);
        for (int i = 0; i < x.Length; i++)
        {
            m[i] += keep1 * (g[i] - m[i]);
            v[i] = (beta2 * v[i]) + (keep2 * g[i] * g[i]);
            x[i] = (keep * x[i]) - (stepSize * m[i] / ((T.Sqrt(v[i]) * rootCorrection) + epsilon));
            g[i] = T.Zero;
        }
    }
}
