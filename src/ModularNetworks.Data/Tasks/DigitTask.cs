namespace ModularNetworks.Data;

/// <summary>The rules that make several problems of one set of labelled images.</summary>
public enum DigitTask
{
    /// <summary>One rule: the images and their labels as they are.</summary>
    Plain,

    /// <summary>Four rules: images are turned by 0, 90, 180 or 270 degrees, and each turn has other labels. Only the pixels tell the turn.</summary>
    Rotation,

    /// <summary>Eight rules with other labels each; the vector names the rule in numbers of its own after the pixels (one-hot).</summary>
    Task,

    /// <summary>
    /// Eight tasks, of which some agree and some are in conflict: the first four have the same labels, the others have labels of their own. The vector
    /// names the task, not which tasks agree.
    /// </summary>
    Several,
}
