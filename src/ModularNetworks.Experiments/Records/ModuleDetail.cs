namespace ModularNetworks.Experiments;

/// <summary>A module of an inspected layer.</summary>
public sealed record ModuleDetail
{
    /// <summary>The module's number.</summary>
    public int Module { get; init; }

    /// <summary>The module's share of the most probable picks, from 0 to 1.</summary>
    public double Usage { get; init; }

    /// <summary>The classes that the module is picked for most; null if there are no classes.</summary>
    public IReadOnlyList<ClassShare>? Classes { get; init; }

    /// <summary>The mean of the number that is predicted; null if the data are no table, or the target is classes.</summary>
    public TargetMean? Target { get; init; }

    /// <summary>The columns in which the module's rows differ most from all rows; null if the data are no table.</summary>
    public IReadOnlyList<ColumnDifference>? Columns { get; init; }

    /// <summary>The numbers of typical images, the most typical first; null if the data are no images.</summary>
    public IReadOnlyList<int>? Images { get; init; }

    /// <summary>
    /// The numbers of typical datapoints of other data, the most typical first; null if there are none. <see cref="NetworkInspection.Datapoints"/>
    /// has how they are shown.
    /// </summary>
    public IReadOnlyList<int>? Datapoints { get; init; }

    /// <summary>The contexts that the module is selective for, the most telling first; null if the data are no text.</summary>
    public IReadOnlyList<ContextUse>? Contexts { get; init; }

    /// <summary>The test result of the network without the module (<see cref="Ablation"/>); null if it was not measured.</summary>
    public double? Without { get; init; }
}

/// <summary>A class that a module is picked for.</summary>
/// <param name="Label">The class.</param>
/// <param name="Share">The part of the module's picks that are for the class, from 0 to 1.</param>
/// <param name="Lift">The share over the class's share of all picks.</param>
public sealed record ClassShare(string Label, double Share, double Lift);

/// <summary>A context that a module reads.</summary>
/// <param name="Kind"><c>word</c> for the word itself, <c>after</c> for the place after it.</param>
/// <param name="Word">The word.</param>
/// <param name="Share">The part of the places of this kind that the module reads, from 0 to 1.</param>
/// <param name="Part">The part of all that the module reads, from 0 to 1.</param>
/// <param name="Lift">The share over the module's share of all places.</param>
/// <param name="Count">The number of places of this kind that the module reads.</param>
/// <param name="Examples">Some of the places.</param>
public sealed record ContextUse(
    string Kind, string Word, double Share, double Part, double Lift, long Count, IReadOnlyList<Quotation> Examples);

/// <summary>A place of a text.</summary>
/// <param name="Before">The words before.</param>
/// <param name="Word">The word that the module reads.</param>
/// <param name="After">The words after.</param>
public sealed record Quotation(string Before, string Word, string After);
