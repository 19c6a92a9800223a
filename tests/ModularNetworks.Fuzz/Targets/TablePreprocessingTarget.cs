using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>The columns of a run on a table, with the ways in which their numbers and dates are written.</summary>
internal sealed class TablePreprocessingTarget : PreprocessingTarget
{
    private const string Table = "table.csv";

    private static readonly string[] Row = ["$1,000.5", "3/4/2024", "a", "2.5"];

    public TablePreprocessingTarget()
        : base("table-preprocessing")
    {
        string rows = string.Concat(Enumerable.Range(0, 30).Select(row => $"${row % 7}.5,{1 + (row % 12)}/{1 + (row % 28)}/2024,{"ab"[row % 2]},{row % 5}.5,{row % 3}%\n"));
        Sandbox.Put(Table, System.Text.Encoding.UTF8.GetBytes("price,day,word,n,y\n" + rows));
        var options = new TableOptions { Data = Sandbox[Table], Target = "y", Modules = 2, Picks = 1, BatchSize = 2, Steps = 1, Threads = 1, Network = new() { Hidden = 2 } };
        Train(options, kernels => (Experiment)TableExperiment.Kind.Create(options, kernels));
    }

    protected override void Use(RunFolder run)
    {
        var model = TableModel.Load(run, Sandbox["none"]);
        try
        {
            _ = model.PredictRow([.. Enumerable.Range(0, model.Encoding.Columns.Count).Select(column => Row[Math.Min(column, Row.Length - 1)])]);
        }
        catch (DataException)
        {
            // Another form than that of the row.
        }
    }
}
