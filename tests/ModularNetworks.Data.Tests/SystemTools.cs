namespace ModularNetworks.Data.Tests;

/// <summary>The programs of the operating system, for the tests that want them.</summary>
internal static class SystemTools
{
    /// <summary>Skips the test if <c>xz</c> is not installed.</summary>
    public static string NeedXz() => Need(SystemTool.Find("xz", SystemTool.SearchPath), "xz (Debian's package xz-utils)");

    /// <summary>Skips the test if ImageMagick is not installed.</summary>
    public static ImageMagick NeedImageMagick()
    {
        try
        {
            return ImageMagick.Find(SystemTool.SearchPath);
        }
        catch (DataException)
        {
            return Need<ImageMagick>(null, "ImageMagick (Debian's package imagemagick)");
        }
    }

    /// <summary>Compresses bytes as <c>.xz</c>.</summary>
    public static byte[] PackXz(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        return Output(NeedXz(), "--compress", "--stdout", folder.Write("bytes", bytes));
    }

    /// <summary>The output of a program.</summary>
    public static byte[] Output(string program, params string[] arguments)
    {
        using var run = new ToolRun(program, arguments);
        using var output = new MemoryStream();
        run.Output.CopyTo(output);
        Assert.Equal((0, ""), run.Finish());
        return output.ToArray();
    }

    private static T Need<T>(T? tool, string name)
        where T : class
    {
        Assert.SkipWhen(tool is null, $"needs the program {name}, which is not installed");
        return tool!;
    }
}
