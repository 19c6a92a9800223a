namespace ModularNetworks.Data.Tests;

public sealed class ImageCacheTests : IDisposable
{
    private readonly TemporaryFolder _pictures = new();
    private readonly TemporaryFolder _kept = new();

    public ImageCacheTests()
    {
        for (byte n = 0; n < 4; n++)
        {
            _pictures.Write($"train/{n % 2}/{n}.png", SmallPng.OfColour(2, 3, n, n, n));
            _pictures.Write($"test/{n % 2}/{n}.png", SmallPng.OfColour(2, 3, n, 10, 20));
        }
    }

    public void Dispose()
    {
        _pictures.Dispose();
        _kept.Dispose();
    }

    [Fact]
    public void Each_picture_is_decoded_once()
    {
        Assert.Equal(Load(cached: false), Load(out int first));
        Assert.Equal(8, first);
        Assert.Equal(Load(cached: false), Load(out int second));
        Assert.Equal(0, second);
    }

    [Fact]
    public void Changed_and_new_pictures_are_decoded_and_renamed_and_removed_ones_are_not()
    {
        Load(out _);
        string changed = Path.Join(_pictures.Path, "test", "0", "0.png");
        var (time, length) = (File.GetLastWriteTimeUtc(changed), new FileInfo(changed).Length);
        _pictures.Write("test/0/0.png", SmallPng.OfColour(2, 3, 0, 10, 21));
        File.SetLastWriteTimeUtc(changed, time);
        Assert.Equal(length, new FileInfo(changed).Length);
        _pictures.Write("train/0/new.png", SmallPng.OfColour(2, 3, 99, 99, 99));
        File.Move(Path.Join(_pictures.Path, "train", "1", "1.png"), Path.Join(_pictures.Path, "train", "0", "5.png"));
        File.Delete(Path.Join(_pictures.Path, "test", "1", "1.png"));
        Assert.Equal(Load(cached: false), Load(out int decoded));
        Assert.Equal(2, decoded);
        Load(out decoded);
        Assert.Equal(0, decoded);
    }

    [Fact]
    public void Other_sizes_are_kept_beside_each_other()
    {
        Load(out _);
        Load(out int larger, new(0, 5, 5));
        Assert.Equal(8, larger);
        Load(out int again);
        Load(out int largerAgain, new(0, 5, 5));
        Load(out int grey, new(1, 5, 5));
        Assert.Equal((0, 0, 0), (again, largerAgain, grey));
    }

    [Fact]
    public void Wherever_what_is_kept_is_cut_or_changed_pictures_are_decoded_again()
    {
        string expected = Load(out _);
        string file = Assert.Single(Directory.GetFiles(_kept.Path));
        byte[] whole = File.ReadAllBytes(file);
        for (int place = 0; place < whole.Length; place += 3)
        {
            File.WriteAllBytes(file, whole[..place]);
            Assert.Equal(expected, Load(out int decoded));
            Assert.Equal(8, decoded);
            byte[] changed = [.. whole];
            changed[place] ^= 0x40;
            File.WriteAllBytes(file, changed);
            Assert.Equal(expected, Load(out decoded));
            Assert.Equal(8, decoded);
        }
        Assert.Equal(whole, File.ReadAllBytes(file));
    }

    [Fact]
    public void What_an_interrupted_write_left_does_not_matter()
    {
        string expected = Load(out _);
        string file = Assert.Single(Directory.GetFiles(_kept.Path));
        File.WriteAllBytes(file + ".new", [1, 2, 3]);
        _pictures.Write("test/0/0.png", SmallPng.OfColour(2, 3, 1, 2, 3));
        Assert.NotEqual(expected, Load(out _));
        Assert.Equal([file], Directory.GetFiles(_kept.Path));
    }

    [Fact]
    public void A_place_that_cannot_be_written_keeps_nothing()
    {
        string place = _kept.Write("file", "no folder");
        foreach (int _ in Enumerable.Range(0, 2))
        {
            int decoded = 0;
            Assert.Equal(
                Load(cached: false), OwnImages.Load(_pictures.Path, default, new ImageCache(place) { Decoded = (done, _) => decoded = done }).Fingerprint);
            Assert.Equal(8, decoded);
        }
    }

    private string Load(bool cached) => OwnImages.Load(_pictures.Path, default, cached ? new ImageCache(_kept.Path) : null).Fingerprint;

    private string Load(out int decoded, Engine.ImageShape wanted = default)
    {
        int count = 0;
        string fingerprint = OwnImages.Load(_pictures.Path, wanted, new ImageCache(_kept.Path) { Decoded = (done, _) => count = done }).Fingerprint;
        decoded = count;
        return fingerprint;
    }
}
