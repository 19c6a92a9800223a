using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>a* of every task of a stream: the modules that it uses for good once it is decided.</summary>
/// <param name="tasks">The number of tasks.</param>
/// <param name="modules">The number of modules of each of the two layers.</param>
internal sealed class TaskSelections(int tasks, IReadOnlyList<int> modules)
{
    private const int Layers = 2;

    // A module's number plus 1, so that 0 means undecided.
    private readonly Tensor _stored = Tensor.Allocate(new Shape(tasks, Layers));

    /// <summary>The selections, to be saved and restored.</summary>
    public Tensor State => _stored;

    /// <summary>The modules of a task; null if it is undecided.</summary>
    public ModulePair? this[int task]
    {
        get
        {
            int first = (int)_stored[task * Layers];
            return first == 0 ? null : new ModulePair(first - 1, (int)_stored[(task * Layers) + 1] - 1);
        }
    }

    /// <summary>Decides a task.</summary>
    public void Store(int task, ModulePair modulesOfTask)
    {
        for (int layer = 0; layer < Layers; layer++)
            _stored[(task * Layers) + layer] = modulesOfTask.Of(layer) + 1;
    }

    /// <summary>The modules of a layer that decided tasks use, in the order in which they were first used.</summary>
    public int[] Used(int layer) =>
        [.. Enumerable.Range(0, tasks).Select(task => this[task]).OfType<ModulePair>().Select(pair => pair.Of(layer)).Distinct()];

    /// <summary>The modules of a layer that no decided task uses.</summary>
    public int[] Free(int layer) => [.. Enumerable.Range(0, modules[layer]).Except(Used(layer))];

    /// <summary>All pairs of used modules.</summary>
    public ModulePair[] UsedPairs()
    {
        int[] second = Used(1);
        return [.. Used(0).SelectMany(first => second.Select(other => new ModulePair(first, other)))];
    }
}
