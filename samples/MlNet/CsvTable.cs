using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

/// <summary>A table of numbers and words, read by ML.NET.</summary>
internal static class CsvTable
{
    /// <summary>Reads a table. The column of the target is called <c>Label</c> there, words if it is a class.</summary>
    /// <returns>The table, and what makes <c>Features</c> of all other columns: words become indicators, and all is standardised.</returns>
    public static (IDataView Table, IEstimator<ITransformer> Features) Load(MLContext context, string path, string target, bool isNumber)
    {
        string[][] lines = [.. File.ReadLines(path).Take(2).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray())];
        var columns = lines[0].Select((name, n) => name == target
            ? new TextLoader.Column("Label", isNumber ? DataKind.Single : DataKind.String, n)
            : new TextLoader.Column(name, IsNumber(lines[1][n]) ? DataKind.Single : DataKind.String, n));
        TextLoader.Column[] all = [.. columns];
        var table = context.Data.LoadFromTextFile(path, all, separatorChar: ',', hasHeader: true, allowQuoting: true);

        TextLoader.Column[] inputs = [.. all.Where(column => column.Name != "Label")];
        InputOutputColumnPair[] words = [.. inputs.Where(column => column.DataKind == DataKind.String).Select(column => new InputOutputColumnPair(column.Name))];
        var joined = context.Transforms.Concatenate("Features", [.. inputs.Select(column => column.Name)])
            .Append(context.Transforms.NormalizeMeanVariance("Features"));
        return (table, words.Length == 0 ? joined : context.Transforms.Categorical.OneHotEncoding(words).Append(joined));
    }

    private static bool IsNumber(string cell) => float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
