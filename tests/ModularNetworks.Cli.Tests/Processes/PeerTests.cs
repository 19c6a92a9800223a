namespace ModularNetworks.Cli.Tests;

/// <summary>A peer of the benchmark that cannot be started.</summary>
public sealed class PeerTests : IDisposable
{
    private const string Install = "install what it needs with: apt-get install -y bash python3-torch python3-numpy (or leave out --peer)\n";

    private const string InstallTorchSharp =
        "install what it needs with: apt-get install -y bash gcc python3 libtcmalloc-minimal4, and build it by build.sh in bench/peers/torchsharp "
        + "(or leave out --peer)\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exit 1", "ended without a message; ")]
    [InlineData("echo 'serve.py: no numpy' >&2; exit 1", "serve.py: no numpy; ")]
    [InlineData("echo hello; exec cat", "begins with 'hello', where the versions of PyTorch were expected; ")]
    [InlineData("echo PyTorch 9.9; read line; echo soon", "answers 'soon', where times were expected; ")]
    [InlineData("echo PyTorch 9.9; exit 1", "ended without a message; ")]
    public void What_it_needs_is_told_with_how_to_install_it(string script, string problem)
    {
        Shell.WriteProgram(_folder["bin/bash"], $"PATH=/usr/bin:/bin\n{script}");
        Assert.Equal($"modnet: PyTorch peer: {problem}{Install}", Bench("bin"));
    }

    [Theory]
    [InlineData("echo 'TorchSharp peer: /place/app is missing; build it' >&2; exit 1", "/place/app is missing; build it (or leave out --peer)\n")]
    [InlineData("echo PyTorch 9.9; exec cat", $"begins with 'PyTorch 9.9', where the versions of TorchSharp were expected; {InstallTorchSharp}")]
    public void The_same_is_told_of_TorchSharp(string script, string problem)
    {
        Shell.WriteProgram(_folder["bin/bash"], $"PATH=/usr/bin:/bin\n{script}");
        Assert.Equal($"modnet: TorchSharp peer: {problem}", Bench("bin", "torchsharp"));
    }

    [Fact]
    public void What_has_not_been_built_is_told_with_how_to_build_it()
    {
        var result = Shell.Run(_folder.Path, "MODNET_TORCHSHARP=$PWD/none modnet bench startup --peer torchsharp-stock --rounds 1");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith($"modnet: TorchSharp peer: {_folder["none"]}/app is missing; build it (1.4 GB) with: bash '", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_bash_that_is_told() => Assert.Equal($"modnet: PyTorch peer: bash was not found on PATH; {Install}", Bench("none"));

    private string Bench(string path, string peer = "pytorch")
    {
        // The lines before the last one tell how far the benchmark is.
        var result = Shell.Run(_folder.Path, $"PATH=$PWD/{path} modnet bench startup --peer {peer} --rounds 1");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        return result.Error.Split('\n')[^2] + "\n";
    }
}
