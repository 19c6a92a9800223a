using ModularNetworks.Data;
using ModularNetworks.Data.Tests;
using ModularNetworks.Engine;

namespace ModularNetworks.Fuzz;

/// <summary>An image file, which ImageMagick decodes.</summary>
internal sealed class ImageTarget : FuzzTarget
{
    private const string File = "image";

    private static readonly ImageShape Shape = new(3, 8, 8);

    private readonly ImageMagick _decoder = ImageMagick.Find(SystemTool.SearchPath);

    public ImageTarget()
    {
        byte[] png = SmallPng.OfColour(20, 30, 200, 100, 50);
        Samples = [png, SmallPng.OfColour(9, 9, 7), SmallPng.OfColour(5, 7, 1, 2, 3, 128), .. Jpegs(png)];
    }

    public override string Name => "image";

    // What it takes to start a process and to read its output.
    public override long MostBytes => 4 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() => _decoder.Decode([Sandbox[File]], Shape));

    // Twice, since most changes of PNG files are found by their checksums.
    private IEnumerable<byte[]> Jpegs(byte[] png)
    {
        string program = new[] { "magick", "convert" }.Select(name => SystemTool.Find(name, SystemTool.SearchPath)).First(path => path is not null)!;
        foreach (string quality in (string[])["40", "95"])
        {
            using var run = new ToolRun(program, [$"png:{Sandbox.Put("sample", png)}", "-strip", "-quality", quality, "jpeg:-"]);
            using var jpeg = new MemoryStream();
            run.Output.CopyTo(jpeg);
            yield return jpeg.ToArray();
        }
    }
}
