using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>What an estimator was prepared with.</summary>
/// <param name="Sizes">The sizes of the perceptron.</param>
/// <param name="Seed">Decides every random choice.</param>
/// <param name="Threads">The number of threads that train.</param>
/// <param name="Device">Trains instead of these; null if there is none.</param>
internal sealed record PerceptronSettings(ModularMlpSizes Sizes, ulong Seed, int Threads, Device? Device)
{
    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">A size is out of its range.</exception>
    public void Validate(string owner)
    {
        Require(owner, "inputs", Sizes.Inputs);
        Require(owner, "modules", Sizes.Modules);
        Require(owner, "picks", Sizes.Picks);
        Require(owner, "hidden", Sizes.Hidden);
        Require(owner, "threads", Threads);
        if (Sizes.Picks > Sizes.Modules)
            throw new ArgumentException($"{owner}: {Counted.Of(Sizes.Picks, "pick")} of {Counted.Of(Sizes.Modules, "module")}; there must be a module for each pick at least.");
    }

    private static void Require(string owner, string name, int value)
    {
        if (value < 1)
            throw new ArgumentOutOfRangeException(name, $"{owner}: {name} is {value}; it must be at least 1.");
    }
}
