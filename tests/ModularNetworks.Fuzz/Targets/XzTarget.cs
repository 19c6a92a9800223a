using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>A batch of CIFAR-10 that is compressed as <c>.xz</c>, which the system's program unpacks.</summary>
internal sealed class XzTarget : FuzzTarget
{
    private const string Batch = Cifar10.TestFile;

    public XzTarget()
    {
        foreach (var (name, bytes) in SmallCifar.Files().Where(file => file.Name != Batch))
            Sandbox.Put(name, bytes);
        Samples = [Pack(SmallCifar.Batch(0)), Pack(new byte[SmallCifar.Batch(0).Length]), Pack(new byte[8 << 20])];
    }

    public override string Name => "xz";

    // What it takes to start a process and to read its output.
    public override long MostBytes => 4 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override void Prepare(byte[] input) => Sandbox.Put(Batch + XzFile.Extension, input);

    public override bool Read(byte[] input) => Accepts(() => Cifar10.Load(Sandbox.Path, SmallCifar.Images));

    private byte[] Pack(byte[] bytes)
    {
        string file = Sandbox.Put("bytes", bytes);
        using var run = new ToolRun(XzFile.FindProgram(file, SystemTool.SearchPath), ["--compress", "--stdout", file]);
        using var packed = new MemoryStream();
        run.Output.CopyTo(packed);
        return packed.ToArray();
    }
}
