using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>A <c>.tgz</c> archive whose bytes are damaged.</summary>
internal sealed class PackedArchiveTarget : FuzzTarget
{
    private const string File = "simple-examples.tgz";

    public override string Name => "archive";

    // Compressed bytes stand for up to a thousand each.
    public override int MostBytesPerByte => 4000;

    protected override IReadOnlyList<byte[]> Samples { get; } =
        [SmallTreebank.Archive("./simple-examples/data/"), SmallTreebank.Archive(""), SmallArchive.Of()];

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() => PennTreebank.Load(Sandbox[File]));
}
