using System.Globalization;

namespace ModularNetworks.Attack;

/// <summary>Lets processes make calls, starts another one when one has died, and counts.</summary>
/// <param name="surface">The members.</param>
/// <param name="seed">Decides the arguments.</param>
/// <param name="start">Starts a process that makes the calls from a number on.</param>
/// <param name="output">Receives the failures as they are found.</param>
internal sealed class AttackRun(Surface surface, ulong seed, Func<long, long, ICaller> start, TextWriter output)
{
    private readonly Dictionary<string, MemberCounts> _counts = [];
    private readonly List<AttackFailure> _failures = [];

    /// <summary>What came of each member's calls.</summary>
    public IReadOnlyDictionary<string, MemberCounts> Counts => _counts;

    /// <summary>What must not be.</summary>
    public IReadOnlyList<AttackFailure> Failures => _failures;

    /// <summary>Makes all calls of a range.</summary>
    public void Run(long from, long count)
    {
        for (long next = from; next < from + count;)
        {
            using var child = start(next, from + count - next);
            next = Follow(child, next, from + count);
        }
    }

    /// <summary>Follows a process until it ends or hangs.</summary>
    /// <returns>The number of the call that comes next.</returns>
    /// <exception cref="InvalidOperationException">It ended between two calls.</exception>
    private long Follow(ICaller child, long next, long end)
    {
        while (next < end)
        {
            if (child.ReadLine() is not { } begun)
                throw new InvalidOperationException($"attack: {child.End()} before call {next}");
            next = long.Parse(begun, CultureInfo.InvariantCulture) + 1;
            var (said, problem) = ReadAnswer(child);
            if (said is null)
            {
                Note(next - 1, CallEnd.Failed, problem);
                return next;
            }
            string[] words = said.Split(' ', 2);
            Note(next - 1, Enum.Parse<CallEnd>(words[0]), words[1]);
        }
        return next;
    }

    private static (string? Said, string Problem) ReadAnswer(ICaller child)
    {
        try
        {
            return child.ReadLine() is { } said ? (said, "") : (null, child.End());
        }
        catch (TimeoutException)
        {
            return (null, "still running after a minute");
        }
    }

    private void Note(long number, CallEnd end, string text)
    {
        string member = surface.Schedule[(int)(number % surface.Schedule.Count)].ToString();
        _counts[member] = _counts.GetValueOrDefault(member).With(end, text);
        if (end != CallEnd.Failed)
            return;
        var failure = new AttackFailure(member, seed, number, text);
        _failures.Add(failure);
        output.WriteLine(failure);
    }
}
