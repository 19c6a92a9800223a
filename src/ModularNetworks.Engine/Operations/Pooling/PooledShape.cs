namespace ModularNetworks.Engine;

/// <summary>The shape rule of all pooling.</summary>
internal static class PooledShape
{
    /// <summary>The means or largest numbers of some images, <c>[rows, channels * positions]</c>.</summary>
    /// <exception cref="ShapeException">The images have another size, or the padding is as large as the window.</exception>
    public static Shape Of(string operation, Shape input, in ImagePatches patches)
    {
        var window = patches.Window;
        patches.Image.RequireRows(operation, input);
        if (window.PaddingBefore >= window.Size || window.PaddingAfter >= window.Size)
        {
            throw new ShapeException(
                $"{operation}: the window is {window}; its padding must be smaller than the window, or some positions see "
                + "nothing of the image.");
        }
        return new Shape(input[0], patches.Output(patches.Image.Channels).Count);
    }
}
