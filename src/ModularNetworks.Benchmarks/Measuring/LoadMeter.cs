using System.Diagnostics;
using System.Globalization;

namespace ModularNetworks.Benchmarks;

/// <summary>Measures, from its creation on, how busy programs other than the contestants keep the machine.</summary>
internal sealed class LoadMeter(IReadOnlyList<IContestant> contestants)
{
    private const string ProcessorTimes = "/proc/stat";

    // The unit in which Linux reports processor time to programs (USER_HZ).
    private const double TicksPerSecond = 100;

    // In the line: user, nice, system, idle, waiting for input or output, interrupts (two kinds), stolen by the host.
    private const int Counted = 8;
    private const int Idle = 3;
    private const int Waiting = 4;

    // Of a process, behind its name: user and system time, and the same of its children.
    private const int FirstOfProcess = 11;
    private const int CountedOfProcess = 4;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _busyBefore = BusySeconds();
    private readonly double _ownBefore = SecondsOf(contestants);

    /// <summary>The number of cores that other programs kept busy on average; null where the system does not tell.</summary>
    public double? ForeignCores()
    {
        if (!File.Exists(ProcessorTimes))
            return null;
        double foreign = BusySeconds() - _busyBefore - (SecondsOf(contestants) - _ownBefore);
        return Math.Max(0, foreign / Stopwatch.GetElapsedTime(_start).TotalSeconds);
    }

    private static double SecondsOf(IReadOnlyList<IContestant> contestants) =>
        File.Exists(ProcessorTimes) ? contestants.Sum(contestant => SecondsOf(contestant.ProcessId)) : 0;

    /// <summary>Processor time of a process and of those that it started and saw the end of.</summary>
    private static double SecondsOf(int processId)
    {
        // The fields begin behind the program's name, which stands in brackets and may hold anything.
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{processId}/stat");
        }
        catch (IOException)
        {
            return 0; // It has just ended, and the next request to it will tell.
        }
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return fields[FirstOfProcess..(FirstOfProcess + CountedOfProcess)]
            .Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static double BusySeconds()
    {
        if (!File.Exists(ProcessorTimes))
            return 0;
        double[] ticks = [.. File.ReadLines(ProcessorTimes).First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Take(Counted)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return (ticks.Sum() - ticks[Idle] - ticks[Waiting]) / TicksPerSecond;
    }
}
