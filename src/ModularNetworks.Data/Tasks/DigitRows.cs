using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Some images, each once for every rule, as vectors that are made when they are asked for: rule r of image i is row i * rules + r.</summary>
/// <param name="images">The images.</param>
/// <param name="chosen">The numbers of those that are rows.</param>
/// <param name="rules">The rules.</param>
/// <param name="white">The value of a pixel that becomes 1.</param>
internal sealed class DigitRows(LabelledImages images, int[] chosen, DigitRules rules, float white) : VectorRows
{
    /// <inheritdoc/>
    public override int Count => chosen.Length * rules.Count;

    /// <inheritdoc/>
    public override int Features => rules.Features;

    /// <inheritdoc/>
    public override void CopyTo(int row, Span<float> features)
    {
        var (image, rule) = Math.DivRem(row, rules.Count);
        rules.CopyTo(rule, images[chosen[image]], white, features);
    }

    /// <summary>The rows with their tasks and labels.</summary>
    public TaskPoints ToPoints()
    {
        int[] labels = [.. chosen.SelectMany(
            image => Enumerable.Range(0, rules.Count).Select(rule => rules.LabelOf(rule, images.Labels[image])))];
        return TaskPoints.OfClasses(this, rules.Names, [.. Enumerable.Range(0, Count).Select(row => row % rules.Count)], images.Classes, labels);
    }
}
