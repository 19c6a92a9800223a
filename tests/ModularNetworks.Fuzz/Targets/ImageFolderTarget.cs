using System.Text;
using ModularNetworks.Data;

namespace ModularNetworks.Fuzz;

/// <summary>The names in a folder of images; an input is a list of files.</summary>
internal sealed class ImageFolderTarget : FuzzTarget
{
    private const int LongestPath = 100;
    private const int MostFiles = 20;

    public override string Name => "image-folder";

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. ((string[])
        [
            "cat/1.png\ncat/2.JPG\ndog/1.jpeg\ndog/2.png\ndog/.hidden.png\nREADME",
            "train/a/1.png\ntrain/b/1.png\ntest/a/1.png\ntest/b/1.png",
            "Train/a/1.png\nTrain/b/1.png\nval/a/1.png\nTEST/b/1.png",
            "train/a/1.png\ntest/c/1.png\n@x/%d.png\n\u00EF/*.png\n-a/[0].png\na:b/x.png.png",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    public override void Prepare(byte[] input)
    {
        Sandbox.Clear();
        foreach (string name in Encoding.UTF8.GetString(input).Split('\n').Where(IsName).Take(MostFiles))
            TryPut(name);
    }

    // What is a file already can be no folder, and the other way round.
    private void TryPut(string name)
    {
        try
        {
            Sandbox.Put(name, []);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The others are enough.
        }
    }

    public override bool Read(byte[] input) => Accepts(() => ImageListing.Of(Sandbox.Path));

    // What file systems allow, and stays in the sandbox.
    private static bool IsName(string name) => name.Length is > 0 and < LongestPath
        && !name.Contains('\0', StringComparison.Ordinal) && name.Split('/').All(part => part is not ("" or "." or ".."));
}
