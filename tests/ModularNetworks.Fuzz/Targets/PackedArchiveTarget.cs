using ModularNetworks.Data;

namespace ModularNetworks.Fuzz;

/// <summary>A <c>.tgz</c> or <c>.zip</c> archive whose bytes are damaged.</summary>
/// <param name="name">The reader's name.</param>
/// <param name="file">The name of the archive.</param>
/// <param name="samples">Sound archives.</param>
internal sealed class PackedArchiveTarget(string name, string file, IReadOnlyList<byte[]> samples) : FuzzTarget
{
    public override string Name => name;

    // Compressed bytes stand for up to a thousand each.
    public override int MostBytesPerByte => 4000;

    protected override IReadOnlyList<byte[]> Samples => samples;

    public override void Prepare(byte[] input) => Sandbox.Put(file, input);

    public override bool Read(byte[] input) => Accepts(() => PennTreebank.Load(Sandbox[file]));
}
