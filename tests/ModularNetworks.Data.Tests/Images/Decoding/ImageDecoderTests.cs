using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class ImageDecoderTests
{
    private static readonly ImageShape Small = new(3, 4, 4);

    public static TheoryData<string> Formats => [.. SmallPicture.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_picture_of_the_size_keeps_its_values(string format)
    {
        byte[] pixels = Coloured(5, 3);
        byte[] image = ImageDecoder.Decode(SmallPicture.Of(format, 5, 3, pixels), "image", new ImageShape(3, 5, 3));
        int near = format is "jpeg" or "webp" ? 80 : 0;
        Assert.All(image, (value, i) => Assert.InRange(value, pixels[(i % 15 * 3) + (i / 15)] - near, pixels[(i % 15 * 3) + (i / 15)] + near));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void One_colour_stays_one_colour_at_every_size(string format)
    {
        foreach (var (height, width) in ((int, int)[])[(1, 1), (16, 16), (300, 200)])
        {
            byte[] image = ImageDecoder.Decode(SmallPicture.OfColour(format, height, width, 170, 85, 255), "image", Small);
            Assert.All(image.Zip(Planes(170, 85, 255)), pair => Assert.InRange(pair.First - pair.Second, -3, 3));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_is_cut_short_is_refused_wherever_it_ends(string format)
    {
        byte[] whole = SmallPicture.Of(format, 20, 30, Coloured(20, 30));
        ImageDecoder.Decode([.. whole, 1, 2, 3], "image", Small);
        for (int length = 0; length < whole.Length; length++)
        {
            var error = Assert.Throws<DataException>(() => ImageDecoder.Decode(whole.AsSpan(0, length), "image", Small));
            Assert.StartsWith("image: ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void A_picture_fills_the_size_with_its_centre()
    {
        // Four columns each of red, green, green, blue: the middle square is green, but for what the spline takes from beside it.
        byte[][] colours = [[255, 0, 0], [0, 255, 0], [0, 255, 0], [0, 0, 255]];
        byte[] row = [.. colours.SelectMany(colour => Enumerable.Repeat(colour, 4).SelectMany(pixel => pixel))];
        byte[] wide = SmallPng.Of(8, 16, [.. Enumerable.Repeat(row, 8).SelectMany(bytes => bytes)]);
        byte[] image = ImageDecoder.Decode(wide, "image", new ImageShape(3, 8, 8));
        Assert.All(image[..64], red => Assert.Equal(0, red));
        Assert.All(image[64..128], green => Assert.Equal(255, green));
    }

    [Fact]
    public void A_smaller_image_is_made_of_all_pixels()
    {
        // Single white columns among 31 black ones: without widening, the spline would see or miss them by chance.
        byte[] pixels = [.. Enumerable.Range(0, 256 * 256).Select(i => (byte)(i % 32 == 7 ? 255 : 0))];
        byte[] image = ImageDecoder.Decode(SmallPng.Of(256, 256, pixels), "image", new ImageShape(1, 4, 4));
        Assert.All(image, value => Assert.InRange(value, 6, 10));
    }

    [Fact]
    public void Grey_and_colour_become_each_other()
    {
        Assert.Equal(Planes(77, 77, 77), ImageDecoder.Decode(SmallPng.OfColour(4, 4, 77), "image", Small));
        Assert.Equal(Planes(77), ImageDecoder.Decode(SmallPng.OfColour(4, 4, 77), "image", Small with { Channels = 1 }));
        Assert.Equal(Planes(77), ImageDecoder.Decode(SmallPng.OfColour(4, 4, 77, 77, 77), "image", Small with { Channels = 1 }));
        Assert.Equal(Planes(124), ImageDecoder.Decode(SmallPng.OfColour(4, 4, 200, 100, 50), "image", Small with { Channels = 1 }));
    }

    [Fact]
    public void Transparent_pixels_lie_over_white()
    {
        Assert.Equal(Planes(255, 255, 255), ImageDecoder.Decode(SmallPng.OfColour(4, 4, 10, 20, 30, 0), "image", Small));
        Assert.Equal(Planes(10, 20, 30), ImageDecoder.Decode(SmallPng.OfColour(4, 4, 10, 20, 30, 255), "image", Small));
        Assert.Equal(Planes(132, 137, 142), ImageDecoder.Decode(SmallPng.OfColour(4, 4, 10, 20, 30, 128), "image", Small));
    }

    [Theory]
    [InlineData(1, "12 34 56")]
    [InlineData(2, "21 43 65")]
    [InlineData(3, "65 43 21")]
    [InlineData(4, "56 34 12")]
    [InlineData(5, "135 246")]
    [InlineData(6, "531 642")]
    [InlineData(7, "642 531")]
    [InlineData(8, "246 135")]
    public void A_picture_is_turned_as_its_mark_says(byte mark, string expected)
    {
        // Six squares, brighter from 1 to 6.
        byte[] pixels = [.. Enumerable.Range(0, 48 * 32).SelectMany(i => Enumerable.Repeat((byte)(40 * ((i / 32 / 16 * 2) + (i % 32 / 16) + 1)), 3))];
        string[] rows = expected.Split(' ');
        var shape = new ImageShape(1, rows.Length * 16, rows[0].Length * 16);
        byte[] image = ImageDecoder.Decode(SmallPicture.Marked(SmallPicture.Of("jpeg", 48, 32, pixels), mark), "image", shape);
        for (int square = 0; square < 6; square++)
        {
            var (row, column) = (square / rows[0].Length, square % rows[0].Length);
            Assert.InRange(image[(((row * 16) + 8) * shape.Width) + (column * 16) + 8], (40 * (rows[row][column] - '0')) - 4, (40 * (rows[row][column] - '0')) + 4);
        }
    }

    [Fact]
    public void The_content_tells_the_format_and_the_file_is_named()
    {
        using var folder = new TemporaryFolder();
        string name = OperatingSystem.IsWindows() ? "a.png" : "-x @a[0]%d*?'\"$(c);:.png";
        Assert.Equal(Planes(255, 170, 85), ImageDecoder.Read(folder.Write(name, SmallPicture.OfColour("bmp", 4, 4, 255, 170, 85)), Small));
        Refuses("is empty", folder.Write("empty.png", ""));
        Refuses("is no picture of the formats PNG, JPEG, WebP, GIF or BMP", folder.Write("a.png", "%!PS-Adobe"));
        Refuses("there is no such file. Check the path.", Path.Join(folder.Path, "none.png"));

        static void Refuses(string expected, string path) => Assert.StartsWith(
            $"{path}: {expected}", Assert.Throws<DataException>(() => ImageDecoder.Read(path, Small)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_states_a_huge_size_is_refused_before_it_is_decoded()
    {
        byte[] bmp = SmallPicture.OfColour("bmp", 4, 4, 0, 0, 0);
        (bmp[18], bmp[19], bmp[22], bmp[23]) = (0, 0x40, 0, 0x40);
        Refuses("has 16384 x 16384 pixels; at most 16384 rows and columns and 128000000 pixels are decoded", bmp);
        Refuses("has 20000 x 1 pixels", SmallPng.OfColour(1, 20_000, 0));

        static void Refuses(string expected, byte[] file) => Assert.StartsWith(
            $"image: {expected}", Assert.Throws<DataException>(() => ImageDecoder.Decode(file, "image", Small)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_JPEG_file_is_decoded_at_a_fraction_of_its_size()
    {
        byte[] pixels = [.. Enumerable.Range(0, 512 * 512).SelectMany(i => Enumerable.Repeat((byte)(i % 512 < 256 ? 40 : 200), 3))];
        byte[] image = ImageDecoder.Decode(SmallPicture.Of("jpeg", 512, 512, pixels), "image", new ImageShape(1, 8, 8));
        Assert.All(image.Chunk(8), row => Assert.True(row[..3].All(value => value is > 35 and < 45) && row[5..].All(value => value is > 195 and < 205)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_files_are_read_or_refused(string format)
    {
        byte[] whole = SmallPicture.Of(format, 20, 30, Coloured(20, 30));
        int read = Fuzzing.Run(
            $"damaged {format}", 500, key => Assert.Equal(Small.Count, ImageDecoder.Decode(Fuzzing.Damage(key, whole), "image", Small).Length));
        // Hardly a change of a PNG file gets past its checksums.
        Assert.InRange(read, format == "png" ? 0 : 1, 499);
    }

    [Theory]
    [InlineData(2, 4, 4)]
    [InlineData(3, 0, 4)]
    [InlineData(3, 4, 1025)]
    public void Sizes_out_of_range_are_refused(int channels, int height, int width) =>
        Assert.Throws<ArgumentException>(() => ImageDecoder.Decode([], "image", new ImageShape(channels, height, width)));

    private static byte[] Coloured(int height, int width) =>
        [.. Enumerable.Range(0, height * width * 3).Select(i => (byte)(((i / 3 / width) + (i % width * (1 + (i % 3)))) % 4 * 85))];

    private static byte[] Planes(params byte[] colour) => [.. colour.SelectMany(value => Enumerable.Repeat(value, 16))];
}
