using static ModularNetworks.Data.ThriftShape;

namespace ModularNetworks.Data;

/// <summary>The structures in which a Parquet file tells what it holds, as <c>parquet.thrift</c> of the format defines them.</summary>
internal static class ParquetShapes
{
    private static readonly ThriftShape Bool = new(ThriftKind.True);
    private static readonly ThriftShape Byte = new(ThriftKind.Byte);
    private static readonly ThriftShape Int16 = new(ThriftKind.Int16);
    private static readonly ThriftShape Int32 = new(ThriftKind.Int32);
    private static readonly ThriftShape Int64 = new(ThriftKind.Int64);
    private static readonly ThriftShape Double = new(ThriftKind.Double);
    private static readonly ThriftShape Binary = new(ThriftKind.Binary);
    private static readonly ThriftShape Empty = Struct();

    private static readonly ThriftShape KeyValue = Struct(Binary, Binary);
    private static readonly ThriftShape Time = Struct(Bool, Struct(Empty, Empty, Empty));

    private static readonly ThriftShape LogicalType = Struct(
        Empty, Empty, Empty, Empty, Struct(Int32, Int32), Empty, Time, Time, null, Struct(Byte, Bool), Empty, Empty, Empty, Empty, Empty,
        Struct(Byte), Struct(Binary), Struct(Binary, Int32));

    /// <summary>A column, or a group of columns.</summary>
    public static ThriftShape SchemaElement { get; } = Struct(Int32, Int32, Int32, Binary, Int32, Int32, Int32, Int32, Int32, LogicalType);
    private static readonly ThriftShape Statistics = Struct(Binary, Binary, Int64, Int64, Binary, Binary, Bool, Bool);
    private static readonly ThriftShape SizeStatistics = Struct(Int64, List(Int64), List(Int64));
    private static readonly ThriftShape PageEncodingStats = Struct(Int32, Int32, Int32);

    private static readonly ThriftShape GeospatialStatistics =
        Struct(Struct(Double, Double, Double, Double, Double, Double, Double, Double), List(Int32));

    private static readonly ThriftShape ColumnMetaData = Struct(
        Int32, List(Int32), List(Binary), Int32, Int64, Int64, Int64, List(KeyValue), Int64, Int64, Int64, Statistics, List(PageEncodingStats), Int64,
        Int32, SizeStatistics, GeospatialStatistics);

    private static readonly ThriftShape ColumnChunk = Struct(
        Binary, Int64, ColumnMetaData, Int64, Int32, Int64, Int32, Struct(Empty, Struct(List(Binary), Binary)), Binary);

    private static readonly ThriftShape SortingColumn = Struct(Int32, Bool, Bool);
    private static readonly ThriftShape RowGroup = Struct(List(ColumnChunk), Int64, Int64, List(SortingColumn), Int64, Int64, Int16);
    private static readonly ThriftShape Encryption = Struct(Binary, Binary, Bool);

    /// <summary>The footer.</summary>
    public static ThriftShape FileMetaData { get; } = Struct(
        Int32, List(SchemaElement), Int64, List(RowGroup), List(KeyValue), Binary, List(Struct(Empty)), Struct(Encryption, Encryption), Binary);

    /// <summary>The header of a page.</summary>
    public static ThriftShape PageHeader { get; } = Struct(
        Int32, Int32, Int32, Int32, Struct(Int32, Int32, Int32, Int32, Statistics), Empty, Struct(Int32, Int32, Bool),
        Struct(Int32, Int32, Int32, Int32, Int32, Int32, Bool, Statistics));
}
