using System.Globalization;
using ModularNetworks.Experiments;

// Compares networks with and without modules on a table: DoModulesPay TABLE TARGET MINUTES FOLDER
var options = new TableOptions { Data = args[0], Target = args[1] };
var question = new ComparisonQuestion(options, BudgetMinutes: double.Parse(args[2], CultureInfo.InvariantCulture));
var report = ModuleComparison.Open(args[3], question).Run()!;

foreach (var row in report.Rows)
    Console.WriteLine(FormattableString.Invariant($"{row.Name}: {report.Metric} {row.Mean:F4}, {row.PredictionOperations} operations"));
Console.WriteLine(report.Answer.Sentence);
