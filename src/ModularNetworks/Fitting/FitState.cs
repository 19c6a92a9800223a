namespace ModularNetworks;

/// <summary>What a training goes on with, beside parameters, optimiser and compositions: the state of its checkpoint.</summary>
/// <param name="Training">Tells the training from others: its options, its network and its data.</param>
/// <param name="Measurements">What was measured by then.</param>
/// <param name="Best">The best measurement, a place among them.</param>
/// <param name="LogLikelihood">The sum of the log-likelihoods of the steps since the last measurement.</param>
/// <param name="Counted">The number of these steps.</param>
/// <param name="StartLoss">The loss of the first step; null before it.</param>
internal sealed record FitState(string Training, IReadOnlyList<FitMeasurement> Measurements, int Best, double LogLikelihood, long Counted, double? StartLoss);
