using System.Text;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Fuzz;

/// <summary>A table that is read with the columns of another one, as <c>eval --data</c> reads it.</summary>
internal sealed class OtherTableTarget : FuzzTarget
{
    private const string Own = "own.csv";
    private const string File = "other.csv";

    private readonly TableEncoding _encoding;

    public OtherTableTarget()
    {
        Sandbox.Put(Own, Samples[0]);
        var question = new TableQuestion { Target = "y", ValidShare = 0.2, TestShare = 0.2 };
        _encoding = TableProblem.Create(TextTable.Read(Sandbox[Own]), question, RandomKey.FromSeed(1)).Encoding;
    }

    public override string Name => "other-table";

    // The beginning is read with each of four delimiters, and a row of several lines by a reader of its own.
    public override int MostBytesPerByte => 1000;

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. ((string[])["id,n,w,ok,day,p,y\n1,2.5,a,yes,3/31/2020,$1.5,1.5\n2,?,\"b\nc\",no,1/3/2020,\"$1,234\",2\n3,4e2,a,yes,12/31/2021,$7,0\n4,1,c,no,,$8.5,7\n5,2,a,no,2/2/2020,,3\n",
            "y;day;ok;w;p;n\r\n1,5;5/5/2020;yes;\"new\r\nline\";$1,000.5;0,25\r\n-2;;;;;\r\n"]).Select(Encoding.UTF8.GetBytes),
    ];

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() => _ = EncodedTable.PointsOf(TextTable.Read(Sandbox[File]), _encoding));
}
