namespace ModularNetworks.Data;

/// <summary>Which ways of writing numbers and dates are read beside plain digits and <c>2026-11-30</c>.</summary>
public enum TableSpelling
{
    /// <summary>Those in which all cells of a column agree, if it can be told which they are.</summary>
    Auto,

    /// <summary>The same; in dates such as <c>3/4/2026</c> the month comes first.</summary>
    MonthFirst,

    /// <summary>The same; in dates such as <c>3/4/2026</c> the day comes first.</summary>
    DayFirst,

    /// <summary>None, as in earlier versions.</summary>
    Plain,
}
