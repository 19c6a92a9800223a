using System.Text;
using ModularNetworks.Data;

namespace ModularNetworks.Fuzz;

/// <summary>A table of optdigits.</summary>
internal sealed class OptdigitsTarget : FuzzTarget
{
    public OptdigitsTarget() => Sandbox.Put(Optdigits.TestFile, Samples[0]);

    public override string Name => "optdigits";

    protected override IReadOnlyList<byte[]> Samples { get; } = [Table(3), Table(16)];

    public override void Prepare(byte[] input) => Sandbox.Put(Optdigits.TrainFile, input);

    public override bool Read(byte[] input) => Accepts(() => Optdigits.Load(Sandbox.Path, trainImages: 2, testImages: 2));

    private static byte[] Table(int ink)
    {
        string row = string.Concat(Enumerable.Range(0, 64).Select(i => $"{i % (ink + 1)},")) + "7\n";
        return Encoding.ASCII.GetBytes(row + row);
    }
}
