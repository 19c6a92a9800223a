namespace ModularNetworks.Experiments;

/// <summary>
/// Data that a run was not trained on, of the same kind, read with what the run keeps of its own: vocabulary, columns, normalisation. A trained
/// network can be measured on them.
/// </summary>
/// <param name="Splits">The names of their parts, the last of which is measured if none is named.</param>
/// <param name="Measure">Measures the network on a part; says in words what has to be known of the part, if anything has.</param>
public sealed record OtherData(IReadOnlyList<string> Splits, Func<string, (Measurement Measured, string? Note)> Measure)
{
    /// <summary>The name of all data, where they have no parts.</summary>
    public const string Whole = "data";
}
