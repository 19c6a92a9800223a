namespace ModularNetworks.Experiments;

/// <summary>Inspections of runs.</summary>
public static class RunInspection
{
    /// <summary>Looks what each module of a run's network does.</summary>
    /// <param name="experiment">The network with its data, after some steps.</param>
    /// <returns>The inspection; null if nothing is selected.</returns>
    public static NetworkInspection? Make(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var trainer = experiment.Trainer;
        return experiment.Inspect() is { } inspection ? inspection with { Step = trainer.Steps, EStepVisits = trainer.EStepVisits } : null;
    }
}
