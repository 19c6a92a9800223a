using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The sizes of the parts of a <see cref="ModularMlp"/>.</summary>
public sealed record ModularMlpSizes
{
    /// <summary>The size of an input.</summary>
    public required int Inputs { get; init; }

    /// <summary>The size of an output: the number of classes, or 1 for a number.</summary>
    public required int Outputs { get; init; }

    /// <summary>M, the number of modules of both layers.</summary>
    public int Modules { get; init; } = 8;

    /// <summary>K, the number of modules that both layers use at once.</summary>
    public int Picks { get; init; } = 1;

    /// <summary>Which modules are related.</summary>
    public ModuleFamilies Families { get; init; }

    /// <summary>The number of tasks or clusters that inputs show; 0 if they show none.</summary>
    public int InputKeys { get; init; }

    /// <summary>Whether controllers have a table of logits for each task or cluster.</summary>
    public bool HasTables { get; init; }

    /// <summary>The number of units in the controllers' hidden layer; 0 for controllers without one.</summary>
    public int ControllerUnits { get; init; }

    /// <summary>The number of units of a module in the hidden layer.</summary>
    public int Hidden { get; init; } = 16;

    /// <summary>Whether the output layer uses the modules that the hidden layer has selected.</summary>
    public bool Shared { get; init; }

    /// <summary>σ², the variance of the noise that is assumed of targets that are numbers.</summary>
    public double NoiseVariance { get; init; } = 1;

    /// <summary>
    /// The sizes with so many more hidden units that a network without controllers takes as many operations as one with them.
    /// </summary>
    /// <param name="modules">The number of modules that the controllers choose among.</param>
    public ModularMlpSizes PayingFor(int modules)
    {
        long operations = new ModularMlp(this with { Modules = modules }, new ModeSelection(), RandomKey.FromSeed(0)).MultiplyAdds, forUnit = (long)Picks * (Inputs + Outputs);
        return this with { Hidden = (int)((operations + forUnit - 1) / forUnit) };
    }
}
