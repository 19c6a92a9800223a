using System.Globalization;
using ModularNetworks.OnnxBench;

// Predictions of the same networks, in turn by this library and by ONNX Runtime, on one thread each: the medians of the rounds. Processor time is
// counted, so that other programs on the machine matter less.
const int WarmUp = 5;
const int Count = 9;
const double LeastSeconds = 0.03;

Console.WriteLine("| Network | Rows | Ours | ONNX Runtime | x ONNX Runtime |");
Console.WriteLine("|---|--:|--:|--:|--:|");
Prediction[] predictions = [.. Predictions.All()];
// All code is compiled for good before anything counts.
foreach (var prediction in predictions)
    Rounds(prediction, WarmUp);
foreach (var prediction in predictions)
{
    var rounds = Rounds(prediction, Count);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {prediction.Network} | {prediction.Batch} | {Median(rounds.Select(round => round.Ours)):F1} us | {Median(rounds.Select(round => round.Runtime)):F1} us | {Median(rounds.Select(round => round.Runtime / round.Ours)):F1} |"));
    prediction.Dispose();
}

static (double Ours, double Runtime)[] Rounds(Prediction prediction, int count) =>
    [.. Enumerable.Range(0, count).Select(_ => (Microseconds(prediction.Ours), Microseconds(prediction.Runtime)))];

static double Median(IEnumerable<double> times) => times.Order().ElementAt(Count / 2);

static double Microseconds(Action predict)
{
    for (int count = 1; ; count *= 2)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < count; i++)
            predict();
        var taken = Environment.CpuUsage.TotalTime - before;
        if (taken.TotalSeconds >= LeastSeconds)
            return taken.TotalMicroseconds / count;
    }
}
