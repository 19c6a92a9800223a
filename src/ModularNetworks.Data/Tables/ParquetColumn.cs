using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace ModularNetworks.Data;

/// <summary>A column of a group of rows in a Parquet file, whose cells are told as the texts that a table of text would have.</summary>
internal abstract class ParquetColumn
{
    /// <summary>A column of a kind.</summary>
    /// <returns>Null if its values are no texts, numbers, dates or answers.</returns>
    public static ParquetColumn? Of(DataField field) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.Double => new Numbers<double>(field),
        TypeCode.Single => new Numbers<float>(field),
        TypeCode.Decimal => new Numbers<decimal>(field),
        TypeCode.SByte => new Numbers<sbyte>(field),
        TypeCode.Int16 => new Numbers<short>(field),
        TypeCode.Int32 => new Numbers<int>(field),
        TypeCode.Int64 => new Numbers<long>(field),
        TypeCode.Byte => new Numbers<byte>(field),
        TypeCode.UInt16 => new Numbers<ushort>(field),
        TypeCode.UInt32 => new Numbers<uint>(field),
        TypeCode.UInt64 => new Numbers<ulong>(field),
        TypeCode.DateTime => new Dates(field),
        TypeCode.Boolean => new Answers(field),
        _ when field.ClrType == typeof(ReadOnlyMemory<char>) => new Texts(field),
        _ when field.ClrType == typeof(Guid) => new Numbers<Guid>(field),
        _ => null,
    };

    /// <summary>Reads the values of a group of rows.</summary>
    /// <param name="group">The group.</param>
    /// <param name="rows">The number of its rows.</param>
    public abstract ValueTask Read(ParquetRowGroupReader group, int rows);

    /// <summary>The text of a cell; empty if it is missing. Valid until the next call.</summary>
    /// <param name="row">The row in the group.</param>
    public abstract ReadOnlySpan<char> Cell(int row);

    private abstract class Values<T>(DataField field) : ParquetColumn
        where T : struct
    {
        private T?[] _values = [];

        public override ValueTask Read(ParquetRowGroupReader group, int rows)
        {
            if (_values.Length < rows)
                _values = new T?[rows];
            return group.ReadAsync<T>(field, _values.AsMemory(0, rows), repetitionLevels: null);
        }

        public override ReadOnlySpan<char> Cell(int row) => _values[row] is { } value ? TextOf(value) : [];

        protected abstract ReadOnlySpan<char> TextOf(T value);
    }

    /// <summary>Numbers as the shortest texts that are read as the same.</summary>
    private sealed class Numbers<T>(DataField field) : Values<T>(field)
        where T : struct, ISpanFormattable
    {
        // No number of these types has more letters.
        private readonly char[] _text = new char[64];

        protected override ReadOnlySpan<char> TextOf(T value)
        {
            value.TryFormat(_text, out int letters, "", CultureInfo.InvariantCulture);
            return _text.AsSpan(0, letters);
        }
    }

    private sealed class Dates(DataField field) : Values<DateTime>(field)
    {
        private readonly char[] _text = new char[64];

        protected override ReadOnlySpan<char> TextOf(DateTime value)
        {
            value.TryFormat(_text, out int letters, value.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
            return _text.AsSpan(0, letters);
        }
    }

    private sealed class Answers(DataField field) : Values<bool>(field)
    {
        protected override ReadOnlySpan<char> TextOf(bool value) => value ? "true" : "false";
    }

    private sealed class Texts(DataField field) : Values<ReadOnlyMemory<char>>(field)
    {
        protected override ReadOnlySpan<char> TextOf(ReadOnlyMemory<char> value) => value.Span;
    }
}
