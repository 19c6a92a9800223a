namespace ModularNetworks.Data;

/// <summary>Batches of CIFAR-10 in which all classes are equally frequent, taken together.</summary>
/// <remarks>
/// Sizes and labels are checked, and no checksums: those are published for the archive only, and sets in which some images
/// were compressed and unpacked again serve as well.
/// </remarks>
/// <param name="names">The files' names without a folder.</param>
/// <param name="images">The number of images in each file.</param>
internal sealed class KnownCifarBatches(IReadOnlyList<string> names, int images = Cifar10.BatchImages) : KnownFiles(names)
{
    private protected override IEnumerable<string> Problems(DataFiles files, IReadOnlyList<string> present)
    {
        int[][] labels = new int[present.Count][];
        string[] problems =
        [
            .. ReadInParallel.Run(present.Count, n => ProblemOf(() => labels[n] = ReadLabels(files, present[n]))).OfType<string>(),
        ];
        bool allRead = problems.Length == 0 && present.Count == Names.Count;
        return allRead ? CountProblems(files, [.. labels.SelectMany(batch => batch)]) : problems;
    }

    private int[] ReadLabels(DataFiles files, string name) => [.. CifarBatch.Labels(CifarBatch.Read(files, name, images))];

    private IEnumerable<string> CountProblems(DataFiles files, int[] labels)
    {
        int expected = labels.Length / CifarBatch.Classes;
        for (int label = 0; label < CifarBatch.Classes; label++)
        {
            int found = labels.Count(each => each == label);
            if (found != expected)
            {
                yield return $"{files.Location}: {string.Join(", ", Names)}: {found} images have the label {label}; {expected} "
                    + "are expected. Get the files again.";
            }
        }
    }
}
