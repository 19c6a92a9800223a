namespace ModularNetworks.Data;

/// <summary>The names of CIFAR-10's classes.</summary>
internal sealed class KnownCifarNames() : KnownFiles(Cifar10.NamesFile)
{
    private static readonly string[] Expected =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private protected override IEnumerable<string> Problems(DataFiles files, IReadOnlyList<string> present)
    {
        foreach (string name in present)
        {
            string[] found = [];
            if (ProblemOf(() => found = Cifar10.ReadNames(files)) is { } problem)
                yield return problem;
            else if (!found.SequenceEqual(Expected))
                yield return $"{files.PathOf(name)}: has the names {string.Join(", ", found)}; {string.Join(", ", Expected)} are "
                    + "expected. Get the file again.";
        }
    }
}
