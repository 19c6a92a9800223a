namespace ModularNetworks.Experiments;

/// <summary>Runs that differ in nothing but their seed, such as a row of a table or a curve of a figure.</summary>
public interface ISeries
{
    /// <summary>The name in names of folders, such as <c>em-15-1</c>.</summary>
    string Name { get; }

    /// <summary>The name for readers, such as <c>EM 15/1</c>.</summary>
    string Title { get; }
}
