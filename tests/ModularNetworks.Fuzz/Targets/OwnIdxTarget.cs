using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>Images of one's own in an idx file, as it is or compressed.</summary>
internal sealed class OwnIdxTarget : FuzzTarget
{
    private const string Images = "train-images-idx3-ubyte";

    public OwnIdxTarget() => Sandbox.Put("train-labels-idx1-ubyte", SmallIdx.Of([0, 1, 0, 1], 4));

    public override string Name => "own-idx";

    // Images that are brought to 32 x 32, and blocks of images of a megabyte.
    public override long MostBytes => 4 * Megabyte;

    // Compressed bytes can be a thousand times as many.
    public override int MostBytesPerByte => 3000;

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        SmallIdx.Of(new byte[4 * 6], 4, 2, 3), SmallIdx.Of(new byte[4 * 70], 4, 70, 1),
        SmallIdx.Packed(SmallIdx.Of(new byte[4 * 6], 4, 2, 3)),
    ];

    public override void Prepare(byte[] input) => Sandbox.Put(Images, input.Length % 3 == 0 ? SmallIdx.Packed(input) : input);

    public override bool Read(byte[] input) => Accepts(() => OwnImages.Load(Sandbox.Path));
}
