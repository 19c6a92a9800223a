using ModularNetworks.Data;
using ModularNetworks.Data.Tests;
using ModularNetworks.Engine;

namespace ModularNetworks.Fuzz;

/// <summary>A picture file of any format that is decoded.</summary>
internal sealed class ImageTarget : FuzzTarget
{
    private static readonly ImageShape Shape = new(3, 8, 8);

    public ImageTarget()
    {
        byte[] pixels = [.. Enumerable.Range(0, 20 * 30 * 3).Select(i => (byte)(i * i % 4 * 85))];
        byte[] jpeg = SmallPicture.Of("jpeg", 20, 30, pixels);
        Samples =
        [
            .. SmallPicture.Formats.Select(format => SmallPicture.Of(format, 20, 30, pixels)),
            SmallPng.OfColour(9, 9, 7), SmallPng.OfColour(5, 7, 1, 2, 3, 128), SmallPicture.Marked(jpeg, 6), SmallPicture.Of("jpeg", 64, 64, new byte[64 * 64 * 3]),
        ];
    }

    public override string Name => "image";

    // Rows of 8 pixels; the whole picture is not in the runtime's memory.
    public override long MostBytes => 4 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override bool Read(byte[] input) => Accepts(() => ImageDecoder.Decode(input, "image", Shape));
}
