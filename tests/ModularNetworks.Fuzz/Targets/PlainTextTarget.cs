using System.Text;
using ModularNetworks.Data;

namespace ModularNetworks.Fuzz;

/// <summary>A text file of one's own, read by character, by word or by tokens of byte-pair encoding.</summary>
/// <param name="name">The reader's name.</param>
/// <param name="unit">What the text is read by.</param>
internal sealed class PlainTextTarget(string name, TextUnit unit) : FuzzTarget
{
    private const string File = "own.txt";

    public override string Name => name;

    // The tokens of bytes and a line.
    public override long MostBytes => unit == TextUnit.Bpe ? 6 * Megabyte : base.MostBytes;

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. ((string[])
        [
            "First Citizen:\nBefore we proceed any further, hear me speak.\n",
            "\uFEFFna\u00EFve \U0001F600 text\r\n\r\n<unk> in lines that end like this\r\n<eos>\u2028\u0301",
            "a b c d e f g h i j k l m n o p q r s t u v w x y z\tand all of it again, twice, in a line without an end",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() => _ = PlainText.Load(Sandbox[File], new() { Unit = unit }).Fingerprint);
}
