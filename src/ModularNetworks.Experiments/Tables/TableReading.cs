using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Options of how a table is read, and split into parts.</summary>
public sealed record TableReading : OptionGroup
{
    /// <summary>Whether the target is classes or a number.</summary>
    public TargetKind TargetKind { get; init; }

    /// <summary>How rows are split.</summary>
    public TableSplit Split { get; init; }

    /// <summary>The share of the rows for validation.</summary>
    public double ValidShare { get; init; } = 0.1;

    /// <summary>The share of the rows for the test.</summary>
    public double TestShare { get; init; } = 0.1;

    /// <summary>Whether the first line holds the names of the columns.</summary>
    public TableHeaders Header { get; init; }

    /// <summary>What stands between columns.</summary>
    public TableDelimiters Delimiter { get; init; }

    /// <summary>The decimal sign of numbers.</summary>
    public TableDecimalSigns DecimalSign { get; init; }

    /// <summary>Which ways of writing numbers and dates are read.</summary>
    public TableSpelling Spelling { get; init; }

    /// <summary>The columns whose cells are words in any case: names or numbers, with commas between them.</summary>
    public string Categories { get; init; } = "";

    /// <summary>The columns that are left out: names or numbers, with commas between them.</summary>
    public string LeaveOut { get; init; } = "";

    /// <summary>The columns that are inputs also if their cells look like those of an identifier: names or numbers, with commas between them.</summary>
    public string Keep { get; init; } = "";

    /// <summary>
    /// The columns whose values clusters are made of, so that modules begin with, say, the categories of a column: names or numbers, with commas
    /// between them. All if empty.
    /// </summary>
    public string ClusterColumns { get; init; } = "";

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(ValidShare is > 0 and < 1, "validShare", ValidShare, "above 0 and below 1");
        Require(TestShare is > 0 and < 1, "testShare", TestShare, "above 0 and below 1");
        Require(ValidShare + TestShare < 1, "validShare", ValidShare, $"less than 1 together with testShare={TestShare}, so that rows are left for training");
    }

    /// <summary>Reads the table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">The column to predict.</param>
    /// <param name="progress">Is told how the reading goes on, and ends it; null if nobody is.</param>
    /// <exception cref="DataException">The table cannot be read.</exception>
    internal TextTable Read(string path, string target, DataProgress? progress = null) => TableProblem.ReadTable(path, Ask(target), Layout(), progress);

    /// <summary>What is given of a table's layout.</summary>
    internal TableLayout Layout() => new(
        Delimiter switch
        {
            TableDelimiters.Comma => ',',
            TableDelimiters.Semicolon => ';',
            TableDelimiters.Tab => '\t',
            TableDelimiters.Bar => '|',
            _ => null,
        },
        DecimalSign switch { TableDecimalSigns.Point => '.', TableDecimalSigns.Comma => ',', _ => null },
        Header == TableHeaders.Auto ? null : Header == TableHeaders.Yes);

    /// <summary>What is to be predicted.</summary>
    internal TableQuestion Ask(string target) => new()
    {
        Target = target,
        TargetKind = TargetKind,
        Split = Split,
        ValidShare = ValidShare,
        TestShare = TestShare,
        Spelling = Spelling,
        Categories = Names(Categories),
        LeftOut = Names(LeaveOut),
        Kept = Names(Keep),
        ClusterColumns = Names(ClusterColumns),
    };

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
