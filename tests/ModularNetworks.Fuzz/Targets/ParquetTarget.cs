using ModularNetworks.Data;
using ModularNetworks.Engine;
using Parquet;
using Parquet.Schema;

namespace ModularNetworks.Fuzz;

/// <summary>A table of one's own as Parquet, made into vectors.</summary>
internal sealed class ParquetTarget : FuzzTarget
{
    private const string File = "table.parquet";
    private const int Rows = 12;

    public override string Name => "parquet";

    // Pages are unpacked, to 22 times their bytes at most, and the file is read twice.
    public override long MostBytes => 8 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; } = [Sample(CompressionMethod.None), Sample(CompressionMethod.Snappy)];

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() =>
    {
        var table = TextTable.Read(Sandbox[File]);
        var problem = TableProblem.Create(table, new TableQuestion { Target = "y", ValidShare = 0.2, TestShare = 0.2 }, RandomKey.FromSeed(1));
        using var rows = EncodedRows.Open(Sandbox[File], problem.Encoding, new TableLayout(), _ => { });
        float[] features = new float[problem.Encoding.Features()];
        while (rows.Read(features))
        {
        }
    });

    private static byte[] Sample(CompressionMethod compression)
    {
        using var file = new MemoryStream();
        Write(file, compression).GetAwaiter().GetResult();
        return file.ToArray();
    }

    private static async Task Write(MemoryStream file, CompressionMethod compression)
    {
        var schema = new ParquetSchema(
            new DataField<double?>("n"), new DataField<string>("w"), new DataField<bool>("ok"), new DateTimeDataField("day", DateTimeFormat.Date), new DataField<int>("y"));
        int[] numbers = [.. Enumerable.Range(0, Rows)];
        await using var writer = await ParquetWriter.CreateAsync(schema, file, new ParquetOptions { CompressionMethod = compression });
        for (int number = 0; number < 2; number++)
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(schema.DataFields[0], numbers.Select(n => n % 3 == 0 ? (double?)null : n * 0.5).ToArray());
            await group.WriteAsync(schema.DataFields[1], numbers.Select(n => n % 4 == 0 ? "a" : "b").ToArray());
            await group.WriteAsync<bool>(schema.DataFields[2], numbers.Select(n => n % 2 == 0).ToArray());
            await group.WriteAsync<DateTime>(schema.DataFields[3], numbers.Select(n => DateTime.UnixEpoch.AddDays(n)).ToArray());
            await group.WriteAsync<int>(schema.DataFields[4], numbers.Select(n => n % 5).ToArray());
            group.CompleteValidate();
        }
    }
}
