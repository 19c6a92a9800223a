using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class ImageMagickTests
{
    // Each round starts a process.
    private const int Rounds = 25;

    private static readonly ImageShape Small = new(3, 4, 4);

    [Fact]
    public void An_image_fills_the_size_with_its_centre()
    {
        // Four columns each of red, green, green, blue: the middle square is green.
        byte[][] colours = [[255, 0, 0], [0, 255, 0], [0, 255, 0], [0, 0, 255]];
        byte[] row = [.. colours.SelectMany(colour => Enumerable.Repeat(colour, 4).SelectMany(pixel => pixel))];
        byte[] wide = SmallPng.Of(8, 16, [.. Enumerable.Repeat(row, 8).SelectMany(bytes => bytes)]);
        byte[] image = Decode(wide, new ImageShape(3, 8, 8));
        Assert.All(image[..64], red => Assert.Equal(0, red));
        Assert.All(image[64..128], green => Assert.Equal(255, green));
    }

    [Fact]
    public void A_small_image_is_enlarged_and_a_large_one_reduced()
    {
        Assert.Equal(Planes(10, 20, 30), Decode(SmallPng.OfColour(1, 1, 10, 20, 30), Small));
        Assert.Equal(Planes(10, 20, 30), Decode(SmallPng.OfColour(300, 200, 10, 20, 30), Small));
    }

    [Fact]
    public void Grey_becomes_colour_and_transparency_white()
    {
        Assert.Equal(Planes(77, 77, 77), Decode(SmallPng.OfColour(4, 4, 77), Small));
        Assert.Equal(Planes(255, 255, 255), Decode(SmallPng.OfColour(4, 4, 10, 20, 30, 0), Small));
        Assert.Equal(Planes(10, 20, 30), Decode(SmallPng.OfColour(4, 4, 10, 20, 30, 255), Small));
    }

    [Fact]
    public void JPEG_is_read_also_under_the_name_of_the_other_format()
    {
        byte[] image = Decode(Jpeg(64, 64), Small, "a.png");
        Assert.All(image.Zip(Planes(200, 100, 50)), pair => Assert.InRange(pair.First - pair.Second, -4, 4));
    }

    [Fact]
    public void An_image_is_turned_as_its_orientation_mark_says()
    {
        // Red on the left and blue on the right, with the mark that the left side belongs at the top.
        byte[] row = [.. Enumerable.Range(0, 64).SelectMany(column => (byte[])(column < 32 ? [255, 0, 0] : [0, 0, 255]))];
        byte[] jpeg = ToJpeg(SmallPng.Of(32, 64, [.. Enumerable.Repeat(row, 32).SelectMany(bytes => bytes)]));
        byte[] mark =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0,
            1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
        ];
        byte[] image = Decode([.. jpeg[..2], .. mark, .. jpeg[2..]], Small);
        Assert.All(image[..4], red => Assert.InRange(red, 240, 255));
        Assert.All(image[12..16], red => Assert.InRange(red, 0, 15));
    }

    [Fact]
    public void Signs_in_names_mean_nothing()
    {
        var decoder = SystemTools.NeedImageMagick();
        using var folder = new TemporaryFolder();
        string[] names =
            ["-resize.png", "@list.png", "%d.png", "png:x.png", "a[0].png", "*.png", "?.png", "a b'\"$(c);.png", "\u00FC.png"];
        if (OperatingSystem.IsWindows())
            names = [.. names.Where(name => name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0)];
        string[] paths = [.. names.Select((name, n) => folder.Write(name, SmallPng.OfColour(4, 4, (byte)n, 1, 2)))];
        var images = decoder.Decode(paths, Small);
        Assert.Equal(Enumerable.Range(0, names.Length), images.Select(image => (int)image.Span[0]));
    }

    [Fact]
    public void Many_files_keep_their_order()
    {
        var decoder = SystemTools.NeedImageMagick();
        using var folder = new TemporaryFolder();
        var paths = Enumerable.Range(0, 150).Select(n => folder.Write($"{n}.png", SmallPng.OfColour(1, 1, (byte)n, 0, 0)));
        var images = decoder.Decode([.. paths], new ImageShape(3, 1, 1));
        Assert.Equal(Enumerable.Range(0, 150), images.Select(image => (int)image.Span[0]));
    }

    [Fact]
    public void A_file_that_cannot_be_decoded_is_named_among_good_ones()
    {
        var decoder = SystemTools.NeedImageMagick();
        using var folder = new TemporaryFolder();
        byte[] png = SmallPng.OfColour(40, 40, 1, 2, 3), jpeg = Jpeg(100, 100);
        string good = folder.Write("good.png", png);
        Refuses("cannot be decoded: ", folder.Write("cut.png", png[..(png.Length / 2)]));
        Refuses("cannot be decoded: ", folder.Write("cut.jpg", jpeg[..(jpeg.Length / 2)]));
        Refuses("cannot be decoded: Premature end of JPEG file", folder.Write("end.jpg", jpeg[..^20]));
        Refuses("cannot be decoded: ", folder.Write("wide.png", SmallPng.OfColour(1, 16_001, 0)));
        Refuses("is neither PNG nor JPEG (it begins with the bytes 474946383961)", folder.Write("a.png", "GIF89a"));
        Refuses("is empty", folder.Write("empty.jpg", ""));
        Refuses("cannot be read: ", Path.Join(folder.Path, "none.png"));

        void Refuses(string expected, string path)
        {
            var error = Assert.Throws<DataException>(() => decoder.Decode([good, path, good], Small));
            Assert.StartsWith($"{path}: {expected}", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void A_missing_tool_is_named_with_how_to_install_it()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DataException>(() => ImageMagick.Find(folder.Path));
        Assert.Contains("ImageMagick", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install imagemagick", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_program_of_the_name_is_not_taken_for_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a system on which scripts are programs");
        using var folder = new TemporaryFolder();
        folder.WriteProgram("convert", "#!/bin/sh\necho 'a converter of units'\n");
        Assert.Throws<DataException>(() => ImageMagick.Find(folder.Path));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    public void Damaged_images_are_read_or_refused(string format)
    {
        var decoder = SystemTools.NeedImageMagick();
        using var folder = new TemporaryFolder();
        byte[] whole = format == "png" ? SmallPng.OfColour(20, 30, 1, 2, 3) : Jpeg(20, 30);
        int read = Fuzzing.Run($"damaged {format}", Rounds, key =>
        {
            string path = folder.Write("image", Fuzzing.Damage(key, whole));
            Assert.Equal(Small.Count, Assert.Single(decoder.Decode([path], Small)).Length);
        });
        // Hardly a change of a PNG file gets past its checksums.
        Assert.InRange(read, format == "png" ? 0 : 1, Rounds - 1);
    }

    private static byte[] Decode(byte[] file, ImageShape shape, string name = "image")
    {
        using var folder = new TemporaryFolder();
        return Assert.Single(SystemTools.NeedImageMagick().Decode([folder.Write(name, file)], shape)).ToArray();
    }

    /// <summary>A JPEG file of one colour, (200, 100, 50).</summary>
    private static byte[] Jpeg(int height, int width) => ToJpeg(SmallPng.OfColour(height, width, 200, 100, 50));

    private static byte[] ToJpeg(byte[] png)
    {
        SystemTools.NeedImageMagick();
        using var folder = new TemporaryFolder();
        string? program = SystemTool.Find("magick", SystemTool.SearchPath) ?? SystemTool.Find("convert", SystemTool.SearchPath);
        return SystemTools.Output(program!, folder.Write("a.png", png), "jpeg:-");
    }

    private static byte[] Planes(params byte[] colour) => [.. colour.SelectMany(value => Enumerable.Repeat(value, 16))];
}
