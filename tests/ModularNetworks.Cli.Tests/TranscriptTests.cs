using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

public sealed class TranscriptTests
{
    [Fact]
    public void Help_of_every_command()
    {
        var transcript = new Transcript();
        transcript.Run();
        transcript.Run("--help");
        transcript.Run("data", "--help");
        transcript.Run("data", "list", "--help");
        transcript.Run("data", "get", "--help");
        transcript.Run("data", "verify", "--help");
        transcript.Check("help");
    }

    [Fact]
    public void Version()
    {
        var transcript = new Transcript();
        transcript.Run("--version");
        transcript.Check("version");
    }

    [Fact]
    public void Bad_usage_is_one_line()
    {
        var transcript = new Transcript();
        transcript.Run("tarin");
        transcript.Run("data");
        transcript.Run("data", "lst");
        transcript.Run("--verion");
        transcript.Run("data", "list", "--colour", "red");
        transcript.Run("data", "verify", "--dat=x");
        transcript.Run("data", "verify", "ptb", "--data");
        transcript.Run("data", "verify", "ptb", "extra");
        transcript.Run("data", "verify", "pbt");
        transcript.Run("data", "verify", "--data", "x");
        transcript.Run("data", "verify", "ptb", "--data", "x", "--data", "y");
        transcript.Run("data", "verify", "@file");
        transcript.Run("generate", "run", "--temperature", "abc");
        transcript.Check("bad-usage");
    }

    [Fact]
    public void Data_sets_are_listed_though_none_is_there()
    {
        var transcript = new Transcript();
        transcript.Run("data", "list");
        transcript.Run("data", "verify");
        transcript.Check("data-list");
    }

    [Fact]
    public void Data_that_is_missing_or_broken_is_described()
    {
        string folder = Directory.CreateTempSubdirectory("modnet-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Join(folder, "ptb"));
            File.WriteAllText(Path.Join(folder, "ptb", PennTreebank.TrainFile), " a b \n");
            File.WriteAllText(Path.Join(folder, "readme.txt"), "none");
            var transcript = new Transcript { Data = new DataLocation(folder, "/no-cache") };
            transcript.Replace(folder, "/data");
            transcript.Run("data", "list");
            transcript.Run("data", "verify");
            Directory.CreateDirectory(Path.Join(folder, "cifar10", "cifar-10-batches-bin"));
            File.WriteAllText(Path.Join(folder, "cifar10", Cifar10.NamesFile), "cat\ndog\n");
            File.WriteAllText(Path.Join(folder, "cifar10", "cifar-10-batches-bin", Cifar10.TestFile), "cut");
            transcript.Run("data", "verify", "cifar10");
            Directory.CreateDirectory(Path.Join(folder, "optdigits"));
            File.WriteAllText(Path.Join(folder, "optdigits", Optdigits.TrainFile), "1,2,3\n");
            transcript.Run("data", "verify", "optdigits");
            transcript.Run("data", "verify", "ptb", "--data", Path.Join(folder, "none"));
            transcript.Run("data", "verify", "ptb", "--data", Path.Join(folder, "readme.txt"));
            transcript.Check("data-verify");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
