using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// The toy regression problem (Kirsch, Kunze, Barber 2018, section 3.1 and appendix B): inputs come from a mixture of two
/// Gaussians in the plane; points of the first are rotated, <c>y = R x</c>, points of the second scaled, <c>y = S x</c>.
/// A network with two linear modules can solve it by using one for each component.
/// </summary>
/// <remarks>
/// The means lie opposite each other, 2 from the origin in a random direction; the standard deviations are uniform in 0.3
/// to 0.7 along random axes; R is a random rotation; S is diagonal with factors of random sign, uniform in 0.5 to 2.
/// </remarks>
public sealed class ToyRegression
{
    private const float MeanDistance = 2;
    private const float LeastDeviation = 0.3f;
    private const float MostDeviation = 0.7f;
    private const float LeastFactor = 0.5f;
    private const float MostFactor = 2;

    private readonly float[] _means;
    private readonly float[] _spreads;
    private readonly float[] _rotation;
    private readonly float[] _scaling;

    private ToyRegression(RandomKey key, int points)
    {
        var draws = new Draws(key.Split("problem"));
        double direction = draws.Between(0, 2 * MathF.PI);
        float x = (float)(MeanDistance * Math.Cos(direction)), y = (float)(MeanDistance * Math.Sin(direction));
        _means = [x, y, -x, -y];
        _spreads = [.. DrawSpread(ref draws), .. DrawSpread(ref draws)];
        _rotation = RotationBy(draws.Between(0, 2 * MathF.PI));
        _scaling = [DrawFactor(ref draws), 0, 0, DrawFactor(ref draws)];
        Train = DrawPoints(key.Split("train"), points);
        HeldOut = DrawPoints(key.Split("held-out"), points);
    }

    /// <summary>The means of the components, <c>[2, 2]</c>: a row a component.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>
    /// The spreads of the components, <c>[2, 2, 2]</c>: matrices A such that <c>mean + A z</c> is a point for standard
    /// normal z.
    /// </summary>
    public ReadOnlySpan<float> Spreads => _spreads;

    /// <summary>R, <c>[2, 2]</c>: targets of component 0 are <c>R x</c> for a column x.</summary>
    public ReadOnlySpan<float> Rotation => _rotation;

    /// <summary>S, <c>[2, 2]</c> and diagonal: targets of component 1 are <c>S x</c>.</summary>
    public ReadOnlySpan<float> Scaling => _scaling;

    /// <summary>The points to learn from.</summary>
    public ToyPoints Train { get; }

    /// <summary>The points to measure generalisation with: as many others of the same problem.</summary>
    public ToyPoints HeldOut { get; }

    /// <summary>Draws a random problem and its points.</summary>
    /// <param name="key">Decides everything.</param>
    /// <param name="points">The number of points in each of the two sets.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="points"/> is less than 1.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many points.</exception>
    public static ToyRegression Generate(RandomKey key, int points = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(2.0 * points, Array.MaxLength, nameof(points)); // two numbers each
        return WithinMemory.Make(nameof(ToyRegression), () => new ToyRegression(key, points));
    }

    private static float[] RotationBy(double angle)
    {
        float cosine = (float)Math.Cos(angle), sine = (float)Math.Sin(angle);
        return [cosine, -sine, sine, cosine];
    }

    private static float[] DrawSpread(ref Draws draws)
    {
        float[] axes = RotationBy(draws.Between(0, MathF.PI));
        float first = draws.Between(LeastDeviation, MostDeviation), second = draws.Between(LeastDeviation, MostDeviation);
        return [axes[0] * first, axes[1] * second, axes[2] * first, axes[3] * second];
    }

    private static float DrawFactor(ref Draws draws)
    {
        float size = draws.Between(LeastFactor, MostFactor);
        return draws.Between(0, 1) < 0.5f ? -size : size;
    }

    private ToyPoints DrawPoints(RandomKey key, int count)
    {
        var (components, positions) = (key.Split("components"), key.Split("positions"));
        var (inputs, targets, chosen) = (new float[count * 2], new float[count * 2], new int[count]);
        for (int n = 0; n < count; n++)
        {
            int component = components.Below((ulong)n, 2);
            chosen[n] = component;
            var spread = _spreads.AsSpan(component * 4, 4);
            float first = (float)positions.Normal(2 * (ulong)n), second = (float)positions.Normal((2 * (ulong)n) + 1);
            var input = inputs.AsSpan(n * 2, 2);
            Transform(spread, first, second, input);
            input[0] += _means[component * 2];
            input[1] += _means[(component * 2) + 1];
            Transform(component == 0 ? _rotation : _scaling, input[0], input[1], targets.AsSpan(n * 2, 2));
        }
        return new ToyPoints(inputs, targets, chosen);
    }

    private static void Transform(ReadOnlySpan<float> matrix, float first, float second, Span<float> result)
    {
        result[0] = (matrix[0] * first) + (matrix[1] * second);
        result[1] = (matrix[2] * first) + (matrix[3] * second);
    }

    /// <summary>The random numbers of a key, drawn one after the other.</summary>
    private struct Draws(RandomKey key)
    {
        private ulong _next;

        public float Between(float least, float most) => least + ((most - least) * key.Uniform(_next++));
    }
}
