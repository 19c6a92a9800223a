using System.Globalization;
using System.Text;

namespace ModularNetworks.Fuzz;

/// <summary>Goes through readers and prints what comes of each.</summary>
/// <param name="seed">Decides the inputs.</param>
/// <param name="time">Measures.</param>
/// <param name="output">Receives the table.</param>
internal sealed class Campaign(ulong seed, TimeProvider time, TextWriter output)
{
    private const int ProgressEvery = 1000;

    /// <summary>Gives readers inputs.</summary>
    /// <param name="names">The readers' names.</param>
    /// <param name="inputs">How many inputs, over all.</param>
    /// <returns>0 if all is well, else 1.</returns>
    public int Run(IReadOnlyList<string> names, long inputs)
    {
        long start = time.GetTimestamp(), total = 0;
        var failures = new List<FuzzFailure>();
        using var watchdog = new Watchdog(time, Hangs);
        output.WriteLine($"{"reader",-18}{"inputs",10}{"accepted",10}{"refused",10}{"allocation",12}{"slowest",12}");
        foreach (var (name, count) in Divide(names, inputs))
        {
            using var target = FuzzTargets.Create(name);
            var result = new FuzzRun(target, seed, time, watchdog).Run(0, count, done => ShowProgress(name, done, count));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-18}{result.Inputs,10}{result.Accepted,10}{result.Refused,10}{result.LargestAllocation / 1048576.0,9:F2} MB{result.Slowest.TotalMilliseconds,9:F1} ms"));
            foreach (var failure in result.Failures)
                output.WriteLine(failure);
            failures.AddRange(result.Failures);
            total += result.Inputs;
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{total} inputs of seed {seed} in {time.GetElapsedTime(start).TotalSeconds:F0} s, {failures.Count} failures"));
        return failures.Count == 0 ? 0 : 1;
    }

    /// <summary>Gives a reader one input, and prints it and all that is known of what came of it.</summary>
    public int Replay(string name, long number)
    {
        using var target = FuzzTargets.Create(name);
        using var watchdog = new Watchdog(time, Hangs);
        byte[] input = target.Make(Draws.Of(seed, name, number));
        output.WriteLine($"{input.Length} bytes: {Convert.ToHexString(input)}");
        output.WriteLine(Encoding.UTF8.GetString(input));
        var result = new FuzzRun(target, seed, time, watchdog).Run(number, 1, _ => { });
        output.WriteLine(result);
        foreach (var failure in result.Failures)
            output.WriteLine($"{failure}\n{failure.Detail}");
        return result.Failures.Count == 0 ? 0 : 1;
    }

    /// <summary>How many inputs each reader gets, by its share.</summary>
    private static (string Name, long Count)[] Divide(IReadOnlyList<string> names, long inputs)
    {
        double all = names.Sum(FuzzTargets.ShareOf);
        return [.. names.Select(name => (name, (long)Math.Ceiling(inputs * FuzzTargets.ShareOf(name) / all)))];
    }

    private static void ShowProgress(string name, long done, long count)
    {
        if (!Console.IsOutputRedirected && (done % ProgressEvery == 0 || done == count))
            Console.Write(done == count ? "\r" : string.Create(CultureInfo.InvariantCulture, $"\r{name}: {done} of {count}"));
    }

    private void Hangs(string failure)
    {
        output.WriteLine(failure);
        Environment.Exit(1);
    }
}
