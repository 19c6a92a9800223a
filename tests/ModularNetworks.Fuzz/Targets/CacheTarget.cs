using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>What is kept of long texts or decoded pictures: whatever it is, the data are those of their files.</summary>
internal sealed class CacheTarget : FuzzTarget
{
    private const string Folder = "kept";

    private readonly Func<Sandbox, string> _load;
    private readonly string _expected;
    private readonly string _file;

    private CacheTarget(string name, int megabytes, Action<Sandbox> write, Func<Sandbox, string> load)
    {
        (Name, MostBytes, _load) = (name, megabytes * Megabyte, load);
        write(Sandbox);
        _expected = load(Sandbox);
        _file = $"{Folder}/{Path.GetFileName(Directory.GetFiles(Sandbox[Folder]).Single())}";
        Samples = [File.ReadAllBytes(Sandbox[_file])];
        Sandbox.PutAllThatIsThere();
    }

    public override string Name { get; }

    public override long MostBytes { get; }

    public override bool MayWrite => true;

    protected override IReadOnlyList<byte[]> Samples { get; }

    /// <summary>What is kept of a long text.</summary>
    public static CacheTarget OfText(string name) => new(
        name, megabytes: 8,
        sandbox => File.WriteAllText(sandbox["own.txt"], string.Concat(Enumerable.Repeat("to be or not to be\n", 40))),
        sandbox => PlainText.Load(sandbox["own.txt"], new() { Cache = new TextCache(sandbox[Folder]) { SmallestText = 1 } }).Fingerprint);

    /// <summary>What is kept of decoded pictures.</summary>
    public static CacheTarget OfPictures(string name) => new(
        name, megabytes: 4,
        sandbox =>
        {
            foreach (string picture in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"])
                sandbox.Put($"pictures/{picture}", SmallPng.OfColour(2, 3, (byte)(picture[0] + picture[2]), 1, 2));
        },
        sandbox => OwnImages.Load(sandbox["pictures"], default, new ImageCache(sandbox[Folder])).Fingerprint);

    public override void Prepare(byte[] input) => Sandbox.Put(_file, input);

    public override bool Read(byte[] input)
    {
        string found = "";
        bool isRead = Accepts(() => found = _load(Sandbox));
        return isRead && found == _expected ? true : throw new FuzzFailureException($"the data are others: {found} instead of {_expected}");
    }
}
