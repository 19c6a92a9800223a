// Prints one line with its versions, then answers every line, a request and a COUNT, with one line of COUNT times in
// milliseconds. Ends with its input. The requests are those of bench/peers/pytorch/serve.py.
//
//     peer            written for speed
//     peer --stock    with the library's own output softmax and optimisers
//     peer --hello    loads the library and ends
using System.Diagnostics;
using System.Globalization;
using ModularNetworks.TorchSharpPeer;
using TorchSharp;
using static TorchSharp.torch;

if (args.Contains("--hello"))
{
    Console.WriteLine((ones(2, 2) + 1).sum().item<float>());
    return;
}
random.manual_seed(1);
int threads = int.Parse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")!, CultureInfo.InvariantCulture);
set_num_threads(threads);
var requests = new Requests(threads, args.Contains("--stock"));
var prepared = new Dictionary<string, Action>();
Console.WriteLine($"TorchSharp {typeof(Tensor).Assembly.GetName().Version?.ToString(3)}, libtorch {torch.__version__}");
while (Console.ReadLine() is { } line)
{
    string[] words = line.Split(' ');
    string request = string.Join(' ', words[..^1]);
    set_num_threads(requests.ThreadsOf(words[0], words[1..^1]));
    if (!prepared.TryGetValue(request, out var step))
        prepared.Add(request, step = requests.Create(words[0], words[1..^1]));
    int count = int.Parse(words[^1], CultureInfo.InvariantCulture);
    Console.WriteLine(string.Join(' ', Enumerable.Range(0, count).Select(_ => Milliseconds(step).ToString("F6", CultureInfo.InvariantCulture))));
}

static double Milliseconds(Action step)
{
    long start = Stopwatch.GetTimestamp();
    step();
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}
