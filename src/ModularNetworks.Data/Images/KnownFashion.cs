namespace ModularNetworks.Data;

/// <summary>The images and labels of one split of Fashion-MNIST, in which all classes are equally frequent.</summary>
/// <remarks>Checksums are those of the files as they are offered; files that were compressed again serve as well.</remarks>
/// <param name="images">The name of the file with the images, without a folder.</param>
/// <param name="labels">The name of the file with their classes.</param>
/// <param name="count">The number of images.</param>
internal sealed class KnownFashion(string images, string labels, int count) : KnownFiles(images, labels)
{
    private protected override IEnumerable<string> Problems(DataFiles files, IReadOnlyList<string> present)
    {
        if (present.Count < Names.Count)
            yield break;
        LabelledImages? read = null;
        if (ProblemOf(() => read = FashionMnist.Read(files, images, labels, count)) is { } problem)
        {
            yield return problem;
            yield break;
        }
        int[] classes = read!.Labels.ToArray();
        int expected = count / read.Classes.Count;
        for (int label = 0; label < read.Classes.Count; label++)
        {
            int found = classes.Count(each => each == label);
            if (found != expected)
                yield return $"{files.PathOf(labels)}: {found} images have the label {label}; {expected} are expected. Get the file again.";
        }
    }
}
