using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>The preprocessing of tables: how the columns of inputs become numbers, and what is predicted.</summary>
/// <param name="Columns">The columns of inputs.</param>
/// <param name="Target">The column that is predicted.</param>
internal sealed record TablePreprocessing(IReadOnlyList<TableColumn> Columns, TableTarget Target) : Preprocessing(KindOfData)
{
    /// <summary>The kind of data.</summary>
    public const string KindOfData = "table";

    /// <summary>The preprocessing that an encoding does.</summary>
    public static TablePreprocessing Of(TableEncoding encoding) => new(encoding.Columns, encoding.Target);

    /// <summary>Reads the encoding of a run's table.</summary>
    /// <exception cref="RunException"><c>preprocessing.json</c> is missing, damaged or was changed.</exception>
    public static TableEncoding Read(RunFolder folder)
    {
        try
        {
            var read = TrainingData.ReadPreprocessing<TablePreprocessing>(folder, KindOfData)
                ?? throw new RunException($"{folder.FullPath}: it has no {RunFiles.Preprocessing}. Write it again by 'modnet train table --resume'.");
            var encoding = new TableEncoding { Columns = read.Columns, Target = read.Target };
            encoding.Validate();
            return encoding;
        }
        catch (FormatException exception)
        {
            throw PreprocessingFile.Damaged(folder, exception);
        }
    }
}
