using ModularNetworks.Experiments;

// Predicts for a row of a table: PredictRow RUN CELL..., a cell for each column that was not left out.
var model = TableModel.Load(RunFolder.Open(args[0]));

int next = 1;
string[] cells = [.. model.Encoding.Columns.Select(column => column.Features() > 0 ? args[next++] : "")];
var prediction = model.PredictRow(cells);
string answer = prediction.Number is { } number
    ? $"{number} ± {prediction.Deviation:G3}"
    : string.Join(", ", prediction.Classes.Take(3).Select(found => $"{found.Class} {found.Probability:P0}"));
string modules = string.Join(", ", prediction.Modules.Select(layer => $"{layer.Layer} {string.Join('+', layer.Modules)}"));
Console.WriteLine($"{model.Encoding.Target.Name}: {answer} by {modules}");
