using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Pictures that were brought to one size, the training pictures first.</summary>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of columns.</param>
/// <param name="Planes">The pictures, each <c>[channels * height * width]</c>, of 1 channel if it is grey, else of 3.</param>
internal sealed record DecodedPictures(int Height, int Width, IReadOnlyList<byte[]> Planes)
{
    // Small pictures keep their size; others are brought to that of CIFAR-10.
    private const int MostOwnRows = 64;
    private const int UsualRows = 32;

    /// <summary>The size of the images.</summary>
    /// <param name="trainCount">The number of training pictures.</param>
    /// <param name="channels">The number of channels asked for; 0 for 1 if all training pictures are grey, else 3.</param>
    public ImageShape Shape(int trainCount, int channels) => new(
        channels > 0 ? channels : Planes.Take(trainCount).All(planes => planes.Length == Height * Width) ? 1 : 3, Height, Width);

    /// <summary>The size that pictures are brought to if none is asked for.</summary>
    /// <param name="sizes">The sizes of the training pictures.</param>
    public static (int Height, int Width) UsualSize(IEnumerable<(int Height, int Width)> sizes)
    {
        var different = sizes.Distinct().Take(2).ToArray();
        return different is [( <= MostOwnRows, <= MostOwnRows) own] ? own : (UsualRows, UsualRows);
    }
}
