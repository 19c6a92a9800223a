namespace ModularNetworks.Data;

/// <summary>A table of optdigits with a known number of images of each digit.</summary>
/// <remarks>No checksums: none are published, and unpacking may change line ends.</remarks>
/// <param name="name">The file's name without a folder.</param>
/// <param name="counts">The number of images of each digit from 0.</param>
internal sealed class KnownDigits(string name, params IReadOnlyList<int> counts) : KnownFiles(name)
{
    private protected override IEnumerable<string> Problems(DataFiles files, IReadOnlyList<string> present)
    {
        foreach (string file in present)
        {
            LabelledImages? images = null;
            if (ProblemOf(() => images = Optdigits.Read(files, file, counts.Sum())) is { } problem)
            {
                yield return problem;
                continue;
            }
            int[] labels = images!.Labels.ToArray();
            for (int digit = 0; digit < counts.Count; digit++)
            {
                int found = labels.Count(label => label == digit);
                if (found != counts[digit])
                {
                    yield return $"{files.PathOf(file)}: {found} images have the label {digit}; {counts[digit]} are expected. "
                        + "Get the file again.";
                }
            }
        }
    }
}
