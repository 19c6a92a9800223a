using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>The form in which a trained classifier takes images.</summary>
/// <param name="Shape">The size of the images.</param>
/// <param name="Classes">The names of the classes, in the order of their numbers.</param>
/// <param name="White">The value that stands for white (<see cref="LabelledImages.White"/>).</param>
public sealed record ImageForm(ImageShape Shape, IReadOnlyList<string> Classes, byte White = byte.MaxValue)
{
    /// <summary>Brings the values of decoded pictures, 0 to 255, to those from 0 to <see cref="White"/>.</summary>
    /// <param name="pixels">The values, of which each is replaced.</param>
    public void ToShades(Span<byte> pixels)
    {
        if (White == byte.MaxValue)
            return;
        foreach (ref byte pixel in pixels)
            pixel = (byte)(((pixel * White) + (byte.MaxValue / 2)) / byte.MaxValue);
    }
}
