using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>A file of CIFAR-10's binary version.</summary>
internal sealed class CifarTarget : FuzzTarget
{
    private readonly string _file;

    /// <summary>Reads inputs as one of the set's files.</summary>
    /// <param name="name">The reader's name.</param>
    /// <param name="file">The file; the others are sound.</param>
    public CifarTarget(string name, string file)
    {
        (Name, _file) = (name, file);
        foreach (var (one, bytes) in SmallCifar.Files())
            Sandbox.Put(one, bytes);
        Samples = [Sandbox.Content(file)];
    }

    public override string Name { get; }

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override void Prepare(byte[] input) => Sandbox.Put(_file, input);

    public override bool Read(byte[] input) => Accepts(() => Cifar10.Load(Sandbox.Path, SmallCifar.Images));
}
