namespace ModularNetworks.Cli.Tests;

/// <summary>The script that compiles the tool ahead of time, on machines and with a compiler that are made up.</summary>
public sealed class NativeScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NativeScriptTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        Directory.CreateDirectory(_folder["packaging"]);
        File.Copy(Path.Join(ProjectRoot.Folder, "packaging", "native"), _folder["packaging/native"]);
        Shell.WriteProgram(_folder["bin/dotnet"], "echo \"dotnet $*\"");
        Shell.WriteProgram(_folder["bin/uname"], "[ \"$1\" = -m ] && echo \"${MACHINE#* }\" || echo \"$MACHINE\"");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Linux x86_64", "osx-arm64", "osx-arm64 is made on macOS with Xcode's command line tools; this is Linux x86_64. Run it there.")]
    [InlineData("Linux x86_64", "win-x64", "win-x64 is made on Windows, in Git's bash, with the C++ tools of Visual Studio; this is Linux x86_64. Run it there.")]
    [InlineData("Darwin arm64", "linux-x64", "linux-x64 is made on Linux on x64; this is Darwin arm64. Run it there.")]
    [InlineData("Darwin arm64", "linux-arm64", "linux-arm64 is made on Linux; this is Darwin arm64. Run it there.")]
    [InlineData("Linux x86_64", "x64", "'x64' is no system that is known here. Give linux-x64, linux-arm64, osx-arm64 or win-x64.")]
    public void What_cannot_be_made_here_is_refused_with_a_line(string machine, string system, string line) =>
        Assert.Equal(new ShellResult(2, "", $"packaging/native: {line}\n"), Run(machine, system));

    [Theory]
    [InlineData("Linux x86_64", "linux-x64")]
    [InlineData("Linux aarch64", "linux-arm64")]
    [InlineData("Darwin arm64", "osx-arm64")]
    [InlineData("MINGW64_NT-10.0-22631 x86_64", "win-x64")]
    public void Each_system_is_made_on_its_own(string machine, string system)
    {
        var made = Run(machine, system);
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.StartsWith($"dotnet publish src/ModularNetworks.Cli -c Release -r {system} -p:PublishAot=true ", made.Output, StringComparison.Ordinal);
    }

    private ShellResult Run(string machine, string system) =>
        Shell.Run(_folder.Path, $"PATH=$PWD/bin:$PATH MACHINE='{machine}' bash packaging/native {system}");
}
