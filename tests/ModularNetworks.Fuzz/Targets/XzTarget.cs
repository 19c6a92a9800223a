using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>A file that is compressed as <c>.xz</c>.</summary>
internal sealed class XzTarget : FuzzTarget
{
    private const string File = "file" + XzFile.Extension;
    private const int MostUnpacked = 1 << 20;

    public override string Name => "xz";

    // The dictionary of the unpacker, and two times what is unpacked.
    public override long MostBytes => 68 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; } =
        [SmallXz.Compressed, SmallXz.Of([.. Enumerable.Range(0, 100).Select(n => (byte)n)]), SmallXz.Of([])];

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() =>
    {
        using var file = XzFile.Open(Sandbox[File], MostUnpacked);
        file.CopyTo(Stream.Null);
    });
}
