using System.Diagnostics;
using System.Globalization;

namespace ModularNetworks.Attack;

/// <summary>An attack from the command line: makes calls in processes of their own, and prints what came of them.</summary>
/// <param name="surface">The members.</param>
/// <param name="seed">Decides the arguments.</param>
/// <param name="output">Receives failures and counts.</param>
internal sealed class Campaign(Surface surface, ulong seed, TextWriter output)
{
    // After so many calls a member that was never given right arguments shows that the attack cannot make them.
    private const long CallsOfKnownMember = 40;

    private readonly AttackRun _run = new(surface, seed, (from, count) => Start(seed, from, count), output);

    /// <summary>Makes calls.</summary>
    /// <returns>0 if all is well, else 1.</returns>
    public int Run(long calls, bool showsMembers)
    {
        var watch = Stopwatch.StartNew();
        _run.Run(0, calls);
        if (showsMembers)
            ShowMembers();
        ShowNeverAnswered();
        long answered = _run.Counts.Values.Sum(counts => counts.Answered), refused = _run.Counts.Values.Sum(counts => counts.Refused);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{calls} calls of {_run.Counts.Count} members, seed {seed}, in {watch.Elapsed.TotalSeconds:F0} s: {answered} answered, {refused} refused, {_run.Failures.Count} failures"));
        return _run.Failures.Count == 0 ? 0 : 1;
    }

    private static ChildProcess Start(ulong seed, long from, long count) => new(
        ((FormattableString[])[$"--child={from}", $"--calls={count}", $"--seed={seed}"]).Select(argument => argument.ToString(CultureInfo.InvariantCulture)));

    private void ShowMembers()
    {
        foreach (var (member, counts) in _run.Counts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counts.Answered,6} {counts.Refused,6} {counts.Failed,6}  {member}"));
        foreach (var (member, reason) in surface.LeftOut)
            output.WriteLine($"not called: {AttackedMember.NameOf(member)}: {reason}");
    }

    private void ShowNeverAnswered()
    {
        foreach (var (member, counts) in _run.Counts.Where(entry => entry.Value is { Answered: 0, Refused: > CallsOfKnownMember }))
            output.WriteLine($"refused only: {member}, last by {counts.LastRefusal}");
    }
}
