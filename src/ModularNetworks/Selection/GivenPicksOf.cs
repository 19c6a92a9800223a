using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Reads a layer's part of given compositions.</summary>
internal static class GivenPicksOf
{
    /// <summary>The picks of the layer that runs next.</summary>
    /// <param name="pass">The run, whose trace tells where the layer's picks start.</param>
    /// <param name="compositions"><c>[rows, picks]</c>.</param>
    /// <param name="steps">The layer's number of time steps.</param>
    /// <param name="picks">K.</param>
    /// <returns><c>[steps * rows, K]</c>, time-major.</returns>
    /// <exception cref="ShapeException">The compositions are too short.</exception>
    public static IndexTensor Layer(ForwardPass pass, IndexTensor compositions, int steps, int picks)
    {
        int rows = compositions.Shape[0], length = compositions.Shape[1], start = pass.Trace.PickCount;
        if (start + (steps * picks) > length)
        {
            throw new ShapeException(
                $"ForwardPass: the network selects more than the {length} modules that a composition has. Check that its "
                + "layout names every modular layer in the order in which they run.");
        }
        var ofLayer = pass.Tape.RentIndices(new Shape(steps * rows, picks));
        Span<int> given = compositions.Values, target = ofLayer.Values;
        int next = 0;
        for (int step = 0; step < steps; step++)
        {
            for (int row = 0; row < rows; row++)
            {
                given.Slice((row * length) + start + (step * picks), picks).CopyTo(target[next..]);
                next += picks;
            }
        }
        return ofLayer;
    }
}
