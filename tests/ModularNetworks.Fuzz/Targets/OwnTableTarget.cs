using System.Text;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Fuzz;

/// <summary>A table of one's own whose signs, header and kinds of columns are found, made into vectors.</summary>
internal sealed class OwnTableTarget : FuzzTarget
{
    private const string File = "table.csv";

    public override string Name => "own-table";

    // The patterns of numbers in other spellings make their states while they read, once for all tables.
    public override long MostBytes => 8 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. ((string[])["id,n,w,ok,day,y\n1,2.5,a,yes,2020-01-02,1.5\n2,?,b,no,2020-01-03,2\n3,4e2,a,yes,2021-12-31,0\n4,1,c,no,,7\n5,2,a,no,2020-02-02,3\n",
            "Länge;Art;Preis\r\n1,5;rot;-2\r\n0,25;\"grün;x\";3\r\n7;;4,5\r\n1;rot;1\r\n2;blau;9\r\n",
            "price,share,day,note,y\n\"$1,234.50\",5%,3/31/2024,\"a\nb\",\"1,5\"\n$2.50,7.5 %,4/1/2024,\"c\"\"d\n\",\"2,5\"\n$3,1%,12/5/2024,e,\"7,25\"\n$4,2%,1/1/2024,e,\"9,5\"\n-$5,3%,1/2/2024,\"f\n\n\",\"1,25\"\n",
            "n;p;y\n1 234,5;1.234,5 €;31 Dec 2024\n2'345;-7 €;1 May 2024\n12;0,5 €;2 May 2024\n1;1 €;3 May 2024\n5;2 €;4 May 2024\n",
            "1\t2\tx\n3\t4\ty\n5\t6\tx\n7\t8\ty\n9\t1\tx\n2\t1\ty\n"]).Select(Encoding.UTF8.GetBytes),
    ];

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() =>
    {
        var table = TextTable.Read(Sandbox[File]);
        var problem = TableProblem.Create(table, new TableQuestion { Target = $"{table.Columns.Count}", ValidShare = 0.2, TestShare = 0.2 }, RandomKey.FromSeed(1));
        using var rows = EncodedRows.Open(Sandbox[File], problem.Encoding, new TableLayout(), _ => { });
        float[] features = new float[problem.Encoding.Features()];
        while (rows.Read(features))
        {
        }
    });
}
