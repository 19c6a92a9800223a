namespace ModularNetworks.ML;

/// <summary>What both trainers are prepared with; see <see cref="ModularNetworkCatalog"/>.</summary>
internal sealed record TrainerSettings(
    string LabelColumn, string FeatureColumn, int Modules, ulong Seed, int Hidden, int Picks, int Threads, FitOptions Options)
{
    /// <summary>Checks what no data are needed for.</summary>
    /// <exception cref="ArgumentException">A column has no name, or the method of training selects no modules.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(LabelColumn, "labelColumnName");
        ArgumentException.ThrowIfNullOrWhiteSpace(FeatureColumn, "featureColumnName");
        if (Options.Method is { Rule: not ModeSelection } method)
        {
            throw new ArgumentException(
                $"ModularNetwork: {method.GetType().Name} selects no modules for each row, so that the column {ScoreColumns.Module} cannot be made. "
                + "Give a method that does, such as TrainingMethod.Em.", "options");
        }
    }
}
