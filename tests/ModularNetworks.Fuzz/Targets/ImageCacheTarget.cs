using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>What is kept of decoded pictures: whatever it is, the images are those of the pictures.</summary>
internal sealed class ImageCacheTarget : FuzzTarget
{
    private const string Folder = "kept";

    private readonly string _expected;
    private readonly string _file;

    public ImageCacheTarget()
    {
        foreach (string name in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"])
            Sandbox.Put($"pictures/{name}", SmallPng.OfColour(2, 3, (byte)(name[0] + name[2]), 1, 2));
        _expected = Load();
        _file = $"{Folder}/{Path.GetFileName(Directory.GetFiles(Sandbox[Folder]).Single())}";
        Samples = [File.ReadAllBytes(Sandbox[_file])];
    }

    public override string Name => "image-cache";

    public override long MostBytes => 4 * Megabyte;

    public override bool MayWrite => true;

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override void Prepare(byte[] input) => Sandbox.Put(_file, input);

    public override bool Read(byte[] input)
    {
        string found = "";
        bool isRead = Accepts(() => found = Load());
        return isRead && found == _expected ? true : throw new FuzzFailureException($"the images are others: {found} instead of {_expected}");
    }

    private string Load() => OwnImages.Load(Sandbox["pictures"], default, new ImageCache(Sandbox[Folder])).Fingerprint;
}
