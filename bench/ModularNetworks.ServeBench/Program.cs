using System.Globalization;
using System.Text.Json;
using ModularNetworks;
using ModularNetworks.ServeBench;

// Serves classifiers of digits by this library and by ONNX Runtime, and loads them in turn: ServeBench FOLDER [CONNECTIONS [SECONDS]]. The folder has
// optdigits.tra. With 0 connections it prints the addresses, for another program to load them, and waits for a line of input.
const int Rounds = 5;
string data = args[0];
int connections = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 16;
var time = TimeSpan.FromSeconds(args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 2);

var (rows, labels) = Read(Path.Combine(data, "optdigits.tra"));
string folder = Directory.CreateTempSubdirectory("serve-bench").FullName;
DigitServer[] servers = [];
try
{
    var (dense, modular) = (Fitted(modules: 1), Fitted(modules: 8));
    servers =
    [
        await DigitServer.OwnAsync("this library, 8 modules", Saved(modular, "modular")),
        await DigitServer.OwnAsync("this library, dense", Saved(dense, "dense")),
        await DigitServer.RuntimeAsync("ONNX Runtime, dense", dense),
    ];
    if (connections == 0)
        Wait();
    else
        await CompareAsync();
}
finally
{
    foreach (var server in servers)
        await server.DisposeAsync();
    Directory.Delete(folder, recursive: true);
}

ModularClassifier Fitted(int modules)
{
    var classifier = new ModularClassifier(rows[0].Length, classes: 10, modules, seed: 1);
    classifier.Fit(rows, labels, new FitOptions { Epochs = 2 });
    return classifier;
}

string Saved(ModularClassifier classifier, string name)
{
    string path = Path.Combine(folder, $"{name}.safetensors");
    classifier.Save(path);
    return path;
}

void Wait()
{
    foreach (var server in servers)
        Console.WriteLine($"{server.Name}: {server.Predict}");
    Console.ReadLine();
}

async Task CompareAsync()
{
    using var load = new Load(connections, [.. rows.Take(100).Select(row => JsonSerializer.SerializeToUtf8Bytes(new { rows = new[] { row } }))]);
    var results = servers.ToDictionary(server => server, _ => new List<LoadResult>());
    // The first round compiles the code, and does not count.
    for (int round = 0; round <= Rounds; round++)
    {
        foreach (var server in servers)
            results[server].Add(await load.RunAsync(server.Predict, time));
    }
    Console.WriteLine("| Server | Requests a second | Median | 99th percentile | Requests for a second of processor time |");
    Console.WriteLine("|---|--:|--:|--:|--:|");
    foreach (var server in servers)
    {
        var counted = results[server][1..];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {server.Name} | {Middle(counted, result => result.Rate):F0} | {Middle(counted, result => result.Median):F2} ms | {Middle(counted, result => result.Slow):F1} ms | {Middle(counted, result => result.PerProcessorSecond):F0} |"));
    }
}

static double Middle(IEnumerable<LoadResult> results, Func<LoadResult, double> value) => results.Select(value).Order().ElementAt(Rounds / 2);

static (float[][] Rows, int[] Labels) Read(string path)
{
    float[][] lines = [.. File.ReadLines(path).Select(line => Array.ConvertAll(line.Split(','), cell => float.Parse(cell, CultureInfo.InvariantCulture)))];
    return ([.. lines.Select(line => line[..^1])], [.. lines.Select(line => (int)line[^1])]);
}
