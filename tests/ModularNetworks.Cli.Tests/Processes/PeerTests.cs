namespace ModularNetworks.Cli.Tests;

/// <summary>A peer of the benchmark that cannot be started.</summary>
public sealed class PeerTests : IDisposable
{
    private const string Install = "install what it needs with: apt-get install -y bash python3-torch python3-numpy (or leave out --peer)\n";

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

    [Fact]
    public void Without_bash_that_is_told() => Assert.Equal($"modnet: PyTorch peer: bash was not found on PATH; {Install}", Bench("none"));

    private string Bench(string path)
    {
        // The lines before the last one tell how far the benchmark is.
        var result = Shell.Run(_folder.Path, $"PATH=$PWD/{path} modnet bench startup --peer pytorch --rounds 1");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        return result.Error.Split('\n')[^2] + "\n";
    }
}
