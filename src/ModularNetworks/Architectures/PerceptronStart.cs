using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The modules that the inputs of a perceptron begin with: those of their clusters or tasks. Compositions begin with them, and controllers
/// are made to follow.
/// </summary>
public sealed class PerceptronStart
{
    private readonly ModularMlpSizes _sizes;
    private readonly InputClusters? _clusters;
    private readonly Clusters? _ofModules;

    /// <summary>Assigns clusters to modules.</summary>
    /// <param name="sizes">The sizes of the perceptron.</param>
    /// <param name="clusters">The clusters of the inputs.</param>
    /// <param name="key">Decides the clusters of their centres, if they are more than modules.</param>
    public PerceptronStart(ModularMlpSizes sizes, InputClusters clusters, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(clusters);
        (_sizes, _clusters) = (sizes, clusters);
        // A cluster for each module: the clusters themselves, or clusters of their centres.
        if (sizes.Picks == 1 && clusters.Count >= sizes.Modules)
            _ofModules = clusters.Count == sizes.Modules ? clusters.Clusters : KMeans.Fit(clusters.Clusters.Centres, sizes.Modules, key);
        Assignment = _ofModules is null
            ? RoundRobin(sizes, clusters.Count)
            : new ModuleAssignment(sizes.Modules, picks: 1, _ofModules.Nearest(clusters.Clusters.Centres).Values);
    }

    /// <summary>Assigns tasks to modules, round and round.</summary>
    /// <param name="sizes">The sizes of the perceptron.</param>
    /// <param name="tasks">The number of tasks that inputs show.</param>
    public PerceptronStart(ModularMlpSizes sizes, int tasks)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        (_sizes, Assignment) = (sizes, RoundRobin(sizes, tasks));
    }

    /// <summary>The modules of each cluster or task.</summary>
    public ModuleAssignment Assignment { get; }

    /// <summary>Makes controllers begin as compositions do.</summary>
    /// <param name="network">The perceptron.</param>
    /// <param name="probability">The probability of the modules that an input begins with, above 1/M and below 1.</param>
    public void Apply(ModularMlp network, double probability)
    {
        ArgumentNullException.ThrowIfNull(network);
        // One module is certain already.
        if (_sizes.Modules == 1)
            return;
        network.Follow(Assignment, probability);
        // The hidden layer's controller reads what clusters are made of, so that it can find the nearest by itself.
        if (_ofModules is not null && !_sizes.HasTables)
            network.Follow(_ofModules, _clusters!.SharpnessFor(_ofModules, probability));
    }

    private static ModuleAssignment RoundRobin(ModularMlpSizes sizes, int inputKeys) =>
        ModuleAssignment.RoundRobin(new LayerLayout("hidden", sizes.Modules, sizes.Picks) { Families = sizes.Families }, inputKeys);
}
