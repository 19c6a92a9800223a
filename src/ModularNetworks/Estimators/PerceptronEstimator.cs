namespace ModularNetworks;

/// <summary>What classifier and regressor have in common: settings, and what was fitted last.</summary>
internal sealed class PerceptronEstimator
{
    private readonly string _owner;
    private volatile PerceptronModel? _model;

    /// <summary>Prepares an estimator.</summary>
    /// <param name="owner">The name of the estimator's type, for messages.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="model">What was fitted before; null if nothing was.</param>
    /// <exception cref="ArgumentException">A size is out of its range.</exception>
    public PerceptronEstimator(string owner, PerceptronSettings settings, PerceptronModel? model = null)
    {
        settings.Validate(owner);
        (_owner, Settings, _model) = (owner, settings, model);
    }

    /// <summary>The settings.</summary>
    public PerceptronSettings Settings { get; }

    /// <summary>What was fitted.</summary>
    /// <exception cref="InvalidOperationException">Nothing was.</exception>
    public PerceptronModel Model => _model
        ?? throw new InvalidOperationException($"{_owner}: nothing was fitted yet. Call Fit, or make it with Load.");

    /// <summary>Fits anew.</summary>
    /// <param name="rows">The rows to train with.</param>
    /// <param name="validation">The rows to validate with; null to hold out what the options say.</param>
    /// <param name="options">The options; null for the defaults.</param>
    public FitHistory Fit(TargetRows rows, TargetRows? validation, FitOptions? options)
    {
        var (model, history) = new PerceptronTraining(_owner, Settings, options ?? new FitOptions()).Run(rows, validation);
        _model = model;
        return history;
    }
}
