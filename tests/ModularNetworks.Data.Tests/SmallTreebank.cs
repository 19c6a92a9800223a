using System.Text;

namespace ModularNetworks.Data.Tests;

/// <summary>Three short texts under the names of the Penn Treebank's files.</summary>
internal static class SmallTreebank
{
    public const string Train = " the cat sat \n the <unk> ran \n";
    public const string Valid = " the dog sat \n";
    public const string Test = " the cat ran \n\n";

    public static void WriteTo(TemporaryFolder folder, string below = "")
    {
        folder.Write(below + PennTreebank.TrainFile, Train);
        folder.Write(below + PennTreebank.ValidFile, Valid);
        folder.Write(below + PennTreebank.TestFile, Test);
    }

    /// <summary>A <c>.tar.gz</c> archive of the three files in the given folder.</summary>
    public static byte[] Archive(string below) => SmallArchive.Of(Files(below));

    /// <summary>A <c>.zip</c> archive of the three files in the given folder.</summary>
    public static byte[] Zip(string below) => SmallArchive.Zip(Files(below));

    private static IEnumerable<(string Name, byte[] Bytes)> Files(string below) =>
    [
        (below + PennTreebank.TrainFile, Encoding.UTF8.GetBytes(Train)),
        (below + PennTreebank.ValidFile, Encoding.UTF8.GetBytes(Valid)),
        (below + PennTreebank.TestFile, Encoding.UTF8.GetBytes(Test)),
    ];
}
