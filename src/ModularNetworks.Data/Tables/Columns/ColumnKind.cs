using System.Text.Json.Serialization;

namespace ModularNetworks.Data;

/// <summary>What the cells of a column are, as the training rows show it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnKind>))]
public enum ColumnKind
{
    /// <summary>Numbers, which are standardised.</summary>
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>Dates, as days since the beginning of 1970, which are standardised.</summary>
    [JsonStringEnumMemberName("date")]
    Date,

    /// <summary>Two words such as yes and no, as 1 and 0, which are standardised.</summary>
    [JsonStringEnumMemberName("yesNo")]
    YesNo,

    /// <summary>Words, each of which has a number that is 1 where the word stands and 0 elsewhere.</summary>
    [JsonStringEnumMemberName("category")]
    Category,

    /// <summary>The same in all rows; left out.</summary>
    [JsonStringEnumMemberName("constant")]
    Constant,

    /// <summary>Another in each row, like a name or a row's number; left out.</summary>
    [JsonStringEnumMemberName("identifier")]
    Identifier,

    /// <summary>Left out since that was asked for.</summary>
    [JsonStringEnumMemberName("leftOut")]
    LeftOut,
}
