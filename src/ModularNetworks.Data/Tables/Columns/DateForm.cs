using System.Text.Json.Serialization;

namespace ModularNetworks.Data;

/// <summary>How the dates of a column are written if not as <c>2026-11-30</c>, with or without a time.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DateForm>))]
public enum DateForm
{
    /// <summary>Such as <c>2026/3/1</c> or <c>2026.3.1</c>.</summary>
    [JsonStringEnumMemberName("yearFirst")]
    YearFirst,

    /// <summary>Such as <c>3/31/2026</c> or <c>3-31-2026</c>.</summary>
    [JsonStringEnumMemberName("monthFirst")]
    MonthFirst,

    /// <summary>Such as <c>31/3/2026</c>, <c>31-3-2026</c> or <c>31.3.2026</c>.</summary>
    [JsonStringEnumMemberName("dayFirst")]
    DayFirst,

    /// <summary>Such as <c>31 Mar 2026</c> or <c>March 31, 2026</c>.</summary>
    [JsonStringEnumMemberName("monthName")]
    MonthName,
}
