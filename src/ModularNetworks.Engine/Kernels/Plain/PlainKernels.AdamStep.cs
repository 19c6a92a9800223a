namespace ModularNetworks.Engine;

public sealed partial class PlainKernels<T>
{
    /// <inheritdoc/>
    public override void AdamStep(
        Tensor value, Tensor gradient, Tensor mean, Tensor variance, in AdamStepSettings settings)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        var x = value.As<T>();
        var g = gradient.As<T>();
        var m = mean.As<T>();
        var v = variance.As<T>();
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
