using System.Globalization;
using System.Text;
using ModularNetworks.Engine;
using Parquet;
using Parquet.Schema;

namespace ModularNetworks.Data.Tests;

/// <summary>Tests of tables as Parquet, beside the same tables as text.</summary>
public sealed class ParquetRowsTests
{
    private static readonly string[] Words = ["rot", "grün", "blau"];

    [Fact]
    public async Task The_same_table_as_text_and_as_Parquet_gives_the_same_vectors()
    {
        var (text, parquet) = (new StringBuilder("n,whole,word,ok,day,at,y\n"), await ParquetTable(groups: 3, rows: 20));
        for (int row = 0; row < 60; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(row % 7 == 0 ? "" : Number(row))},{row % 5},{Words[row % 3]},{(row % 4 == 0 ? "" : row % 2 == 0 ? "True" : "False")},")
                .Append(CultureInfo.InvariantCulture, $"{Day(row):yyyy-MM-dd},{At(row):yyyy-MM-dd HH:mm:ss.fff},{row * 0.25f}\n");
        }
        var (one, other) = (Problem(Encoding.UTF8.GetBytes(text.ToString())), Problem(parquet));
        Assert.Equivalent(one.Encoding, other.Encoding, strict: true);
        Assert.Equal(
            [ColumnKind.Number, ColumnKind.Number, ColumnKind.Category, ColumnKind.YesNo, ColumnKind.Date, ColumnKind.Date], other.Encoding.Columns.Select(column => column.Kind));
        Assert.Equal(one.Splits.Fingerprint, other.Splits.Fingerprint);
        Assert.Equal(Vectors(one.Splits.Train), Vectors(other.Splits.Train));
        Assert.Equal(one.Splits.Train.Targets, other.Splits.Train.Targets);
    }

    [Fact]
    public async Task Rows_are_predicted_from_the_columns_that_are_needed()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Join(folder.Path, "t.parquet");
        await File.WriteAllBytesAsync(path, await ParquetTable(groups: 2, rows: 3), TestContext.Current.CancellationToken);
        var encoding = new TableEncoding
        {
            Columns =
            [
                new() { Name = "word", Kind = ColumnKind.Category, Categories = ["blau", "rot"] },
                new() { Name = "day", Kind = ColumnKind.LeftOut },
                new() { Name = "whole", Kind = ColumnKind.Number },
            ],
            Target = new() { Name = "y" },
        };
        using var rows = EncodedRows.Open(path, encoding, new TableLayout(), problem => throw problem);
        float[] features = new float[3];
        var seen = new List<(long, float[])>();
        while (rows.Read(features))
            seen.Add((rows.Number, [.. features]));
        Assert.Equal("row", rows.Place);
        Assert.Equal([1, 2, 3, 4, 5, 6], seen.Select(row => row.Item1));
        Assert.Equal([0, 1, 0], seen[0].Item2);
        Assert.Equal([1, 0, 2], seen[2].Item2);
        Assert.Equal([0, 0, 4], seen[4].Item2);
    }

    [Fact]
    public async Task A_wrong_cell_and_a_list_are_named()
    {
        var words = new ParquetSchema(new DataField<string>("a"), new DataField<double>("b"));
        byte[] infinite = await Write(words, async (group, fields) =>
        {
            await group.WriteAsync(fields[0], ["x", "y", "x", "y", "x"]);
            await group.WriteAsync<double>(fields[1], new double[] { 1, 2, double.PositiveInfinity, 4, double.NaN });
        });
        var question = new TableQuestion { Target = "1", ValidShare = 0.2, TestShare = 0.2 };
        Assert.StartsWith(
            "t: row 3, column 2 ('b'): a finite number, as in most rows, is expected; found 'Infinity'. Correct or remove the row, or give",
            Assert.Throws<DataException>(() => TableProblem.Create(Read(infinite), question, RandomKey.FromSeed(1))).Message, StringComparison.Ordinal);
        var encoding = new TableEncoding { Columns = [new() { Name = "c", Kind = ColumnKind.Number }], Target = new() { Name = "a", Classes = ["x", "y"] } };
        Assert.Equal(
            "t: no column is called 'c'; one is expected, as in the training. Check the names of its columns.",
            Assert.Throws<DataException>(() => EncodedTable.PointsOf(Read(infinite), encoding)).Message);
        byte[] lists = await Write(new ParquetSchema(new DataField<int[]>("tags")), async (group, fields) =>
            await group.WriteAsync<int>(fields[0], new int[] { 1, 2 }, repetitionLevels: new int[] { 0, 1 }));
        Assert.StartsWith("t: column 1 ('tags') holds lists", Assert.Throws<DataException>(() => Read(lists)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_are_refused_in_one_line()
    {
        byte[] whole = await ParquetTable(groups: 1, rows: 10);
        Assert.InRange(Fuzzing.Run("parquet table", rounds: 300, key => Read(Fuzzing.Damage(key, whole))), 0, 299);
        Assert.StartsWith("t: cannot be read as Parquet: ", Assert.Throws<DataException>(() => Read(whole[..^9])).Message, StringComparison.Ordinal);
    }

    private static TableProblem Problem(byte[] file) =>
        TableProblem.Create(Read(file), new TableQuestion { Target = "y" }, RandomKey.FromSeed(3));

    private static TextTable Read(byte[] file) => TextTable.Read(new MemoryStream(file), "t", new TableLayout(), 1 << 20);

    private static float[] Vectors(TaskPoints points)
    {
        float[] vectors = new float[points.Count * points.Inputs.Features];
        for (int row = 0; row < points.Count; row++)
            points.Inputs.CopyTo(row, vectors.AsSpan(row * points.Inputs.Features, points.Inputs.Features));
        return vectors;
    }

    private static double Number(int row) => (row * 0.1) - 2;

    private static DateTime Day(int row) => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(row % 11);

    private static DateTime At(int row) => Day(row).AddMilliseconds(row * 1111);

    private static Task<byte[]> ParquetTable(int groups, int rows)
    {
        var schema = new ParquetSchema(
            new DataField<double?>("n"), new DataField<int>("whole"), new DataField<string>("word"), new DataField<bool?>("ok"),
            new DateTimeDataField("day", DateTimeFormat.Date), new DateTimeDataField("at", DateTimeFormat.DateAndTimeMicros), new DataField<float>("y"));
        int first = 0;
        return Write(schema, groups, async (group, fields) =>
        {
            int[] numbers = [.. Enumerable.Range(first, rows)];
            first += rows;
            await group.WriteAsync<double>(fields[0], numbers.Select(row => row % 7 == 0 ? (double?)null : Number(row)).ToArray());
            await group.WriteAsync<int>(fields[1], numbers.Select(row => row % 5).ToArray());
            await group.WriteAsync(fields[2], numbers.Select(row => Words[row % 3]).ToArray());
            await group.WriteAsync<bool>(fields[3], numbers.Select(row => row % 4 == 0 ? (bool?)null : row % 2 == 0).ToArray());
            await group.WriteAsync<DateTime>(fields[4], numbers.Select(Day).ToArray());
            await group.WriteAsync<DateTime>(fields[5], numbers.Select(At).ToArray());
            await group.WriteAsync<float>(fields[6], numbers.Select(row => row * 0.25f).ToArray());
        });
    }

    private static Task<byte[]> Write(ParquetSchema schema, Func<ParquetRowGroupWriter, DataField[], Task> write) => Write(schema, groups: 1, write);

    private static async Task<byte[]> Write(ParquetSchema schema, int groups, Func<ParquetRowGroupWriter, DataField[], Task> write)
    {
        using var file = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, file))
        {
            for (int number = 0; number < groups; number++)
            {
                using var group = writer.CreateRowGroup();
                await write(group, schema.DataFields);
                group.CompleteValidate();
            }
        }
        return file.ToArray();
    }
}
