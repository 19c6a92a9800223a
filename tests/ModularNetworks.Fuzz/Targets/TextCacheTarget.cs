using ModularNetworks.Data;

namespace ModularNetworks.Fuzz;

/// <summary>What is kept of a long text: whatever it is, the text is read as it is.</summary>
internal sealed class TextCacheTarget : FuzzTarget
{
    private const string Text = "own.txt";
    private const string Folder = "kept";

    private readonly string _expected;
    private readonly string _file;

    public TextCacheTarget()
    {
        File.WriteAllText(Sandbox[Text], string.Concat(Enumerable.Repeat("to be or not to be\n", 40)));
        _expected = Load();
        _file = $"{Folder}/{Path.GetFileName(Directory.GetFiles(Sandbox[Folder]).Single())}";
        Samples = [File.ReadAllBytes(Sandbox[_file])];
        Sandbox.PutAllThatIsThere();
    }

    public override string Name => "text-cache";

    public override long MostBytes => 8 * Megabyte;

    public override bool MayWrite => true;

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override void Prepare(byte[] input) => Sandbox.Put(_file, input);

    public override bool Read(byte[] input)
    {
        string found = "";
        bool isRead = Accepts(() => found = Load());
        return isRead && found == _expected ? true : throw new FuzzFailureException($"the text is another: {found} instead of {_expected}");
    }

    private string Load() => PlainText.Load(Sandbox[Text], new() { Cache = new TextCache(Sandbox[Folder]) { SmallestText = 1 } }).Fingerprint;
}
