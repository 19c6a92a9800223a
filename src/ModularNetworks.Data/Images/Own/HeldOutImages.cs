using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Chooses the test images of a class where the data come without a test split.</summary>
internal static class HeldOutImages
{
    // A fifth of a class is held out for the test.
    private const int TestShare = 5;

    /// <summary>A fifth of the images, at least one.</summary>
    /// <param name="images">The images of a class.</param>
    /// <param name="name">
    /// The name of an image. A random number for each name decides, so that an image more or less moves few others from one split to the other.
    /// </param>
    public static IEnumerable<T> Of<T>(IEnumerable<T> images, Func<T, string> name)
    {
        var key = RandomKey.FromSeed(0).Split("test images");
        var all = images.ToArray();
        return all.OrderBy(image => key.Split(name(image)).Value)
            .ThenBy(name, StringComparer.Ordinal)
            .Take(Math.Max(1, all.Length / TestShare));
    }
}
