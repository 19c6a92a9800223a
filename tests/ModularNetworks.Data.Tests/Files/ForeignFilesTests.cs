namespace ModularNetworks.Data.Tests;

/// <summary>Pipes and devices in place of data: they are refused, and nobody waits for them.</summary>
public sealed class ForeignFilesTests : IDisposable
{
    private static readonly Dictionary<string, Action<string>> Readers = new()
    {
        ["text.txt"] = path => PlainText.Load(path),
        ["table.csv"] = path => LabelledTable.Read(path),
        ["data.tgz"] = path => PennTreebank.Load(path),
        [PennTreebank.TrainFile] = path => PennTreebank.Load(Path.GetDirectoryName(path)!),
        [$"{PennTreebank.TrainFile}.xz"] = path => PennTreebank.Load(Path.GetDirectoryName(path)!),
        [Cifar10.NamesFile] = path => Cifar10.Load(Path.GetDirectoryName(path)!),
        [Optdigits.TrainFile] = path => Optdigits.Load(Path.GetDirectoryName(path)!),
        [FashionMnist.TrainImages] = path => FashionMnist.Load(Path.GetDirectoryName(path)!),
        ["image.png"] = path => ImageDecoder.Read(path, new(1, 1, 1)),
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Readers.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pipe_is_not_waited_for(string name)
    {
        string path = NamedPipe.Make(Path.Join(_folder.Path, name));
        Assert.Contains("is a pipe", Refusal(name, path), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_device_without_an_end_is_not_read(string name)
    {
        string path = Path.Join(_folder.Path, name);
        File.CreateSymbolicLink(path, "/dev/zero");
        Assert.Contains("is a device", Refusal(name, path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_data_elsewhere_is_followed()
    {
        SmallTreebank.WriteTo(_folder, "else/");
        Directory.CreateDirectory(Path.Join(_folder.Path, "here"));
        foreach (string name in (string[])[PennTreebank.TrainFile, PennTreebank.ValidFile, PennTreebank.TestFile])
            File.CreateSymbolicLink(Path.Join(_folder.Path, "here", name), Path.Join(_folder.Path, "else", name));
        Assert.Equal(8, PennTreebank.Load(Path.Join(_folder.Path, "here")).Train.Length);
    }

    private static string Refusal(string name, string path) => Assert.Throws<DataException>(() => Readers[name](path)).Message;
}
