namespace ModularNetworks.Engine;

/// <summary>What all pooling has in common.</summary>
internal static class Pooling
{
    /// <summary>The shape rule.</summary>
    /// <exception cref="ShapeException">The images have another size, or the padding is as large as the window.</exception>
    public static Shape OutputShape(string operation, Shape input, in ImagePatches patches)
    {
        var window = patches.Window;
        patches.Image.RequireRows(operation, input);
        if (window.PaddingBefore >= window.Size || window.PaddingAfter >= window.Size)
        {
            throw new ShapeException(
                $"{operation}: the window is {window}; its padding must be smaller than the window, or some positions see "
                + "nothing of the image.");
        }
        return new Shape(input[0], patches.Image.Channels * patches.Positions);
    }
}
