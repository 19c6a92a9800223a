using System.Text;
using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>A text of the Penn Treebank's folder: words, their vocabulary, and words that are not in it.</summary>
internal sealed class TextTarget : FuzzTarget
{
    private readonly string _file;

    /// <summary>Reads inputs as one of the folder's files.</summary>
    /// <param name="name">The reader's name.</param>
    /// <param name="file">The file; the others are sound.</param>
    public TextTarget(string name, string file)
    {
        (Name, _file) = (name, file);
        foreach (string one in PennTreebank.DataSet.Files)
            Sandbox.Put(one, Samples[0]);
    }

    public override string Name { get; }

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. ((string[])[SmallTreebank.Train, SmallTreebank.Valid, SmallTreebank.Test, "na\u00EFve \U0001F600 text\r\n\n<unk> cat"]).Select(Encoding.UTF8.GetBytes),
    ];

    public override void Prepare(byte[] input) => Sandbox.Put(_file, input);

    public override bool Read(byte[] input) => Accepts(() => _ = PennTreebank.Load(Sandbox.Path).Fingerprint);
}
