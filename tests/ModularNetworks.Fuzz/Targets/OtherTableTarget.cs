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

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. ((string[])["id,n,w,ok,day,y\n1,2.5,a,yes,2020-01-02,1.5\n2,?,b,no,2020-01-03,2\n3,4e2,a,yes,2021-12-31,0\n4,1,c,no,,7\n5,2,a,no,2020-02-02,3\n",
            "y;day;ok;w;n\r\n1,5;2020-05-05;yes;new;0,25\r\n-2;;;;\r\n"]).Select(Encoding.UTF8.GetBytes),
    ];

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() => _ = EncodedTable.PointsOf(TextTable.Read(Sandbox[File]), _encoding));
}
