using System.Text;
using ModularNetworks.Data;

namespace ModularNetworks.Fuzz;

/// <summary>A table of one's own, with or without a header.</summary>
internal sealed class TableTarget(bool hasHeader) : FuzzTarget
{
    private const string File = "table.csv";

    public override string Name => hasHeader ? "table-header" : "table";

    // The beginning is read with each of four delimiters, and a row of several lines by a reader of its own.
    public override int MostBytesPerByte => 1000;

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. ((string[])["a,b,\"c\"\n1,2.5,\"x\"\"y\"\n3,4e2,\u00EF\r\n\n5,6,z\n", "1,2,0\n3,4,1\n5,6,2\n", "\ufeff0.5,cat\n-1e-3,dog\n",
            "a;b;c\r\n1,5;-2;x\r\n0,25;3;\"y;z\"\r\n", "1,\"2\n\",\"x\n\ny\"\n3,4,\"z\"\n5,\"\n6\",z\n", "1.5\t2\tx\n3|4\t5,6\ty\n"])
            .Select(Encoding.UTF8.GetBytes),
    ];

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() => LabelledTable.Read(Sandbox[File], new TableFormat(hasHeader)));
}
