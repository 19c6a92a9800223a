using System.IO.Compression;
using ModularNetworks.Data;

namespace ModularNetworks.Fuzz;

/// <summary>The classes of Fashion-MNIST's training images, a file in the idx format: compressed, or damaged before it is compressed.</summary>
internal sealed class IdxTarget : FuzzTarget
{
    private const int Images = 2;

    public IdxTarget()
    {
        Sandbox.Put(FashionMnist.TrainImages, Packed([0, 0, 8, 3, 0, 0, 0, Images, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[Images * 28 * 28]]));
        Sandbox.Put(FashionMnist.TestImages, Packed([0, 0, 8, 3, 0, 0, 0, Images, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[Images * 28 * 28]]));
        Sandbox.Put(FashionMnist.TestLabels, Packed(Samples[0]));
    }

    public override string Name => "idx";

    protected override IReadOnlyList<byte[]> Samples { get; } = [[0, 0, 8, 1, 0, 0, 0, Images, 3, 9]];

    public override void Prepare(byte[] input) =>
        Sandbox.Put(FashionMnist.TrainLabels, input.Length % 2 == 0 ? Packed(input) : input);

    public override bool Read(byte[] input) => Accepts(() => FashionMnist.Load(Sandbox.Path, Images, Images));

    private static byte[] Packed(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
