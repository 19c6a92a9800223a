namespace ModularNetworks.Data.Tests;

public sealed class SystemToolTests
{
    [Fact]
    public void The_first_program_on_the_search_path_is_found()
    {
        using var folder = new TemporaryFolder();
        string first = WriteProgram(folder, "a"), second = WriteProgram(folder, "b");
        string path = string.Join(Path.PathSeparator, Path.Join(folder.Path, "none"), first, second);
        Assert.Equal(Path.Join(first, FileName), SystemTool.Find("tool", path));
    }

    [Fact]
    public void Folders_that_depend_on_the_current_one_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), WriteProgram(folder, "a"));
        Assert.True(File.Exists(Path.Join(relative, FileName)));
        Assert.Null(SystemTool.Find("tool", string.Join(Path.PathSeparator, "", ".", relative)));
    }

    [Fact]
    public void A_file_that_is_no_program_is_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a system whose files say whether they are programs");
        using var folder = new TemporaryFolder();
        folder.Write("a/tool", "text");
        folder.Write("b/tool/x", "a folder of that name");
        string path = string.Join(Path.PathSeparator, Path.Join(folder.Path, "a"), Path.Join(folder.Path, "b"));
        Assert.Null(SystemTool.Find("tool", path));
        Assert.Null(SystemTool.Find("tool", searchPath: null));
    }

    private static string FileName => OperatingSystem.IsWindows() ? "tool.exe" : "tool";

    private static string WriteProgram(TemporaryFolder folder, string below) =>
        Path.GetDirectoryName(folder.WriteProgram(Path.Join(below, FileName), ""))!;
}
