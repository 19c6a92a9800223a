using System.Diagnostics;
using System.Net.Http.Headers;

namespace ModularNetworks.ServeBench;

/// <summary>How a server took a load.</summary>
/// <param name="Rate">Requests that were answered in a second.</param>
/// <param name="Median">The median time of a request, in milliseconds.</param>
/// <param name="Slow">The 99th percentile of these times, in milliseconds.</param>
/// <param name="PerProcessorSecond">Requests for each second of processor time of both ends.</param>
internal sealed record LoadResult(double Rate, double Median, double Slow, double PerProcessorSecond);

/// <summary>Asks a server on many connections, each of which waits for its answer before it asks again.</summary>
/// <param name="connections">The number of connections.</param>
/// <param name="bodies">The bodies of the requests, in turn.</param>
internal sealed class Load(int connections, IReadOnlyList<byte[]> bodies) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false });

    /// <summary>Loads a server for some time.</summary>
    /// <exception cref="HttpRequestException">A request was not answered with 200.</exception>
    public async Task<LoadResult> RunAsync(Uri address, TimeSpan time)
    {
        var processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        double[][] times = await Task.WhenAll(Enumerable.Range(0, connections).Select(first => Task.Run(() => AskAsync(address, first, start, time))));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] all = [.. times.SelectMany(own => own).Order()];
        double used = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        return new LoadResult(all.Length / seconds, all[all.Length / 2], all[all.Length * 99 / 100], all.Length / used);
    }

    public void Dispose() => _client.Dispose();

    private async Task<double[]> AskAsync(Uri address, int first, long start, TimeSpan time)
    {
        var times = new List<double>();
        for (int n = first; Stopwatch.GetElapsedTime(start) < time; n++)
        {
            long asked = Stopwatch.GetTimestamp();
            using var body = new ByteArrayContent(bodies[n % bodies.Count]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await _client.PostAsync(address, body);
            answer.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }
        return [.. times];
    }
}
