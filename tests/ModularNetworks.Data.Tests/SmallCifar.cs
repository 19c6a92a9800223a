using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

/// <summary>Batches of CIFAR-10's form with few images, of random pixels.</summary>
internal static class SmallCifar
{
    /// <summary>The number of images in a batch: every class once.</summary>
    public const int Images = 10;

    private const string Names = "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

    /// <summary>The files of the set.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Files(string below = "") =>
    [
        (below + Cifar10.NamesFile, System.Text.Encoding.UTF8.GetBytes(Names)),
        .. Cifar10.TrainFiles.Append(Cifar10.TestFile).Select((name, number) => (below + name, Batch(number))),
    ];

    /// <summary>Writes the files of the set.</summary>
    public static void WriteTo(TemporaryFolder folder, string below = "")
    {
        foreach (var (name, bytes) in Files(below))
            folder.Write(name, bytes);
    }

    /// <summary>The records of a batch: the labels are those from the batch's number on, in a circle.</summary>
    public static byte[] Batch(int number)
    {
        var key = RandomKey.FromSeed(3).Split((ulong)number);
        var bytes = new byte[Images * CifarBatch.RecordBytes];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)key.Bits((ulong)i);
        for (int image = 0; image < Images; image++)
            bytes[image * CifarBatch.RecordBytes] = (byte)((image + number) % CifarBatch.Classes);
        return bytes;
    }
}
