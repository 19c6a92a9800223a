namespace ModularNetworks.Fuzz;

/// <summary>Gives readers inputs in this process.</summary>
/// <param name="seed">Decides the inputs.</param>
/// <param name="time">Measures.</param>
/// <param name="hangs">Is told what hangs, on another thread; must end the process.</param>
internal sealed class Readers(ulong seed, TimeProvider time, Action<string> hangs)
{
    /// <summary>Goes through readers.</summary>
    /// <param name="shares">The readers' names, and how many inputs each gets from all parts.</param>
    /// <param name="part">Which of these inputs are taken.</param>
    /// <param name="progress">Is told the reader's name and how many of its inputs were read.</param>
    /// <returns>The outcome of each reader, when it is there.</returns>
    public IEnumerable<FuzzResult> Run(IEnumerable<(string Name, long Count)> shares, Part part, Action<string, long> progress)
    {
        using var watchdog = new Watchdog(hangs);
        foreach (var (name, count) in shares)
        {
            using var target = FuzzTargets.Create(name);
            yield return new FuzzRun(target, seed, time, watchdog).Run(part.Numbers(count), done => progress(name, done));
        }
    }

    /// <summary>How many inputs each reader gets, by its share.</summary>
    /// <param name="names">The readers' names.</param>
    /// <param name="inputs">How many inputs, over all.</param>
    public static (string Name, long Count)[] Divide(IReadOnlyList<string> names, long inputs)
    {
        double all = names.Sum(FuzzTargets.ShareOf);
        return [.. names.Select(name => (name, (long)Math.Ceiling(inputs * FuzzTargets.ShareOf(name) / all)))];
    }
}
