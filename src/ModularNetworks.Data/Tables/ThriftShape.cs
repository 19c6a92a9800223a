namespace ModularNetworks.Data;

/// <summary>The kinds of values in Thrift's compact protocol.</summary>
internal enum ThriftKind
{
    /// <summary>The end of a structure.</summary>
    Stop,

    /// <summary>True, in a field; as a shape, true or false.</summary>
    True,

    /// <summary>False, in a field.</summary>
    False,

    /// <summary>A byte.</summary>
    Byte,

    /// <summary>A whole number of 16 bits.</summary>
    Int16,

    /// <summary>A whole number of 32 bits.</summary>
    Int32,

    /// <summary>A whole number of 64 bits.</summary>
    Int64,

    /// <summary>A number of double precision.</summary>
    Double,

    /// <summary>Bytes or text.</summary>
    Binary,

    /// <summary>A list of values of one kind.</summary>
    List,

    /// <summary>A structure.</summary>
    Struct = 12,
}

/// <summary>What a value must be.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Element">The elements of a list; else null.</param>
/// <param name="Fields">The known fields of a structure by their numbers; others may be there too. Null of other values.</param>
internal sealed record ThriftShape(ThriftKind Kind, ThriftShape? Element = null, IReadOnlyDictionary<int, ThriftShape>? Fields = null)
{
    /// <summary>A list.</summary>
    public static ThriftShape List(ThriftShape element) => new(ThriftKind.List, element);

    /// <summary>A structure whose fields are numbered from 1; null for a number that no field has.</summary>
    public static ThriftShape Struct(params IEnumerable<ThriftShape?> fields) =>
        new(ThriftKind.Struct, Fields: fields.Index().Where(field => field.Item is not null).ToDictionary(field => field.Index + 1, field => field.Item!));
}
