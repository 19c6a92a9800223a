using ModularNetworks.Experiments;

// Predicts for a row of a table: PredictRow RUN CELL..., a cell for each column that was not left out.
var model = TableModel.Load(RunFolder.Open(args[0]));

string[] used = [.. model.Encoding.Columns.Where(column => column.Features() > 0).Select(column => column.Name)];
if (args.Length != used.Length + 1)
{
    Console.Error.WriteLine($"Give the run and {used.Length} cells: {string.Join(", ", used)}.");
    return 2;
}
var cells = new Queue<string>(args[1..]);
var prediction = model.PredictRow([.. model.Encoding.Columns.Select(column => column.Features() > 0 ? cells.Dequeue() : "")]);
string answer = prediction.Number is { } number
    ? $"{number} ± {prediction.Deviation:G3}"
    : string.Join(", ", prediction.Classes.Take(3).Select(found => $"{found.Class} {found.Probability:P0}"));
string modules = string.Join(", ", prediction.Modules.Select(layer => $"{layer.Layer} {string.Join('+', layer.Modules)}"));
Console.WriteLine($"{model.Encoding.Target.Name}: {answer} by {modules}");
return 0;
