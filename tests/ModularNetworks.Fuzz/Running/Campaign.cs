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
    /// <param name="jobs">The number of processes; 1 for this one.</param>
    /// <returns>0 if all is well, else 1.</returns>
    public int Run(IReadOnlyList<string> names, long inputs, int jobs)
    {
        long start = time.GetTimestamp(), total = 0;
        int failures = 0;
        output.WriteLine($"{"reader",-18}{"inputs",10}{"accepted",10}{"refused",10}{"allocation",12}{"slowest",12}");
        try
        {
            foreach (var result in jobs > 1 ? InProcesses(names, inputs, jobs) : InThis(names, inputs, Part.Whole))
            {
                Print(result);
                failures += result.Failures.Count;
                total += result.Inputs;
            }
        }
        catch (FuzzFailureException ended)
        {
            output.WriteLine(ended.Message);
            return 1;
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{total} inputs of seed {seed} in {time.GetElapsedTime(start).TotalSeconds:F0} s, {failures} failures"));
        return failures == 0 ? 0 : 1;
    }

    /// <summary>Gives readers a part of the inputs, and tells the outcomes to the process that started this one.</summary>
    public int RunPart(IReadOnlyList<string> names, long inputs, Part part)
    {
        foreach (var result in new Readers(seed, time, Hangs).Run(Readers.Divide(names, inputs), part, (_, _) => { }))
            Workers.Tell(output, result);
        return 0;
    }

    /// <summary>Gives a reader one input, and prints it and all that is known of what came of it.</summary>
    public int Replay(string name, long number)
    {
        using var target = FuzzTargets.Create(name);
        using var watchdog = new Watchdog(Hangs);
        byte[] input = target.Make(Draws.Of(seed, name, number));
        output.WriteLine($"{input.Length} bytes: {Convert.ToHexString(input)}");
        output.WriteLine(Encoding.UTF8.GetString(input));
        var result = new FuzzRun(target, seed, time, watchdog).Run([number], _ => { });
        output.WriteLine(result);
        foreach (var failure in result.Failures)
            output.WriteLine($"{failure}\n{failure.Detail}");
        return result.Failures.Count == 0 ? 0 : 1;
    }

    private IEnumerable<FuzzResult> InThis(IReadOnlyList<string> names, long inputs, Part part) =>
        new Readers(seed, time, Hangs).Run(Readers.Divide(names, inputs), part, (name, done) => ShowProgress(name, done % ProgressEvery == 0, $"{done}"));

    private IEnumerable<FuzzResult> InProcesses(IReadOnlyList<string> names, long inputs, int jobs)
    {
        string[] arguments =
        [
            "--inputs", inputs.ToString(CultureInfo.InvariantCulture), "--seed", seed.ToString(CultureInfo.InvariantCulture),
            .. names.Count == 1 ? ["--reader", names[0]] : (string[])[],
        ];
        using var workers = new Workers(jobs, arguments);
        foreach (string name in names)
        {
            ShowProgress(name, isDue: true, $"in {jobs} processes");
            yield return workers.ResultOf(name);
        }
    }

    private void Print(FuzzResult result)
    {
        ShowProgress("", isDue: true, "");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Reader,-18}{result.Inputs,10}{result.Accepted,10}{result.Refused,10}{result.LargestAllocation / 1048576.0,9:F2} MB{result.Slowest.TotalMilliseconds,9:F1} ms"));
        foreach (var failure in result.Failures)
            output.WriteLine(failure);
    }

    // On a terminal, in the place where the next row comes.
    private static void ShowProgress(string name, bool isDue, string progress)
    {
        if (isDue && !Console.IsOutputRedirected)
            Console.Write($"\r{name,-18}{progress,-30}\r");
    }

    private void Hangs(string failure)
    {
        output.WriteLine(failure);
        Environment.Exit(1);
    }
}
