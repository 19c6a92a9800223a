using System.Globalization;

namespace ModularNetworks;

/// <summary>What was measured between epochs of a training.</summary>
/// <param name="Epoch">The number of epochs by then; not a whole number only after the last of a given number of steps.</param>
/// <param name="Steps">The number of gradient steps by then.</param>
/// <param name="Loss">
/// The mean of -log p(y|x, a) over the mini-batches since the measurement before, with the modules that training used, in nats for each datapoint or
/// token. Of a regressor, p is the density of a target in its own units, as in <see cref="RegressorEvaluation"/>.
/// </param>
/// <param name="Validation">What was measured on the validation data; null if there are none.</param>
public sealed record FitMeasurement(double Epoch, long Steps, double Loss, Evaluation? Validation)
{
    /// <summary>The measurement as a line: <c>epoch 3: loss 0.2104; validation: loss 0.1893, accuracy 95.1 %</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"epoch {Epoch:0.##}: loss {Loss:F4}{(Validation is null ? "" : $"; validation: {Validation}")}");
}
