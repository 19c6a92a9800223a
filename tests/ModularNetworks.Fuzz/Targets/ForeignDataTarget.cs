using System.Text;
using ModularNetworks.Benchmarks;
using ModularNetworks.Data;
using ModularNetworks.Data.Tests;

namespace ModularNetworks.Fuzz;

/// <summary>Links, pipes, devices and growing files in place of data.</summary>
internal sealed class ForeignDataTarget : FuzzTarget
{
    private static readonly (string File, Action<string> Read)[] Readers =
    [
        ("own.txt", path => PlainText.Load(path)),
        ("table.csv", path => LabelledTable.Read(path)),
        ("own.csv", path => TextTable.Read(path)),
        ("own.parquet", path => TextTable.Read(path)),
        ("packed.tgz", path => PennTreebank.Load(path)),
        ("packed.zip", path => PennTreebank.Load(path)),
        ("image.png", path => ImageDecoder.Read(path, new(1, 1, 1))),
        ("folder/class/image.png", path => OwnImages.Load(Path.GetFullPath(Path.Join(path, "../..")))),
        ("regressor", path => ModularRegressor.Load(path)),
        ("language-model", path => ModularLanguageModel.Load(path)),
        ("bench.json", path => BenchReport.Read(path)),
        (PennTreebank.TrainFile, path => PennTreebank.Load(Path.GetDirectoryName(path)!)),
        (Cifar10.NamesFile, path => Cifar10.Load(Path.GetDirectoryName(path)!)),
        (Cifar10.TestFile, path => DataSets.Verify(Cifar10.DataSet.Name, Path.GetDirectoryName(path)!)),
        (Optdigits.TrainFile, path => Optdigits.Load(Path.GetDirectoryName(path)!)),
        ("train-images-idx3-ubyte", path => OwnImages.Load(path)),
        (FashionMnist.TrainImages, path => FashionMnist.Load(Path.GetDirectoryName(path)!)),
    ];

    private static readonly byte[] Picture = SmallPicture.Of("png", 4, 4, new byte[4 * 4 * 3]);

    private readonly Impostors _impostors = new();

    public override string Name => "foreign-data";

    // Four megabytes of a growing file, as words or rows; the records of a batch of CIFAR-10.
    public override long MostBytes => 256 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples => [];

    public override byte[] Make(Draws draws) => [(byte)draws.Below(Readers.Length), (byte)draws.Below(Impostors.All.Count)];

    public override void Prepare(byte[] input)
    {
        Sandbox.Put(PennTreebank.ValidFile, Encoding.UTF8.GetBytes(SmallText));
        Sandbox.Put(PennTreebank.TestFile, Encoding.UTF8.GetBytes(SmallText));
        Sandbox.Put("folder/class/other.png", Picture);
        Sandbox.Put("folder/light/one.png", Picture);
        _impostors.Put(Sandbox[Readers[input[0]].File], Impostors.All[input[1]]);
    }

    public override bool Read(byte[] input)
    {
        var (file, read) = Readers[input[0]];
        try
        {
            return Accepts(() => read(Sandbox[file]));
        }
        finally
        {
            _impostors.TakeAway();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _impostors.Dispose();
        base.Dispose(disposing);
    }

    private const string SmallText = " <unk> \n";
}
