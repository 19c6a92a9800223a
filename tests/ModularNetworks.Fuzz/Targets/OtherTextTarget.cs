using System.Text;
using ModularNetworks.Data;

namespace ModularNetworks.Fuzz;

/// <summary>A text file that is read with the encoding of another text, as <c>eval --data</c> reads it.</summary>
internal sealed class OtherTextTarget : FuzzTarget
{
    private const string Own = "own.txt";
    private const string File = "other.txt";

    private readonly TextEncoding[] _encodings;

    public OtherTextTarget()
    {
        Sandbox.Put(Own, Samples[0]);
        _encodings = [.. Enum.GetValues<TextUnit>().Select(unit => PlainText.Load(Sandbox[Own], new() { Unit = unit }).Encoding)];
    }

    public override string Name => "other-text";

    // A line of tokens, and buffers of three readings.
    public override long MostBytes => 4 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. ((string[])
        [
            "to be or not to be\nthat is the question, <unk> of it and all of it again\nin two lines\n",
            "\uFEFFto be \U0001F600 or not\r\n\r\nthat is naïve",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() =>
    {
        foreach (var encoding in _encodings)
            _ = OtherTexts.Find(Sandbox[File], encoding).Read(OtherTexts.Whole);
    });
}
