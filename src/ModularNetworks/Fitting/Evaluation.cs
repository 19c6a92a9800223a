using System.Globalization;
using System.Text.Json.Serialization;

namespace ModularNetworks;

/// <summary>How well a network does on some data.</summary>
/// <param name="Loss">The mean of -log p(y|x), in nats for each datapoint, or for each token of a text.</param>
[JsonDerivedType(typeof(Evaluation), "loss")]
[JsonDerivedType(typeof(ClassifierEvaluation), "classifier")]
[JsonDerivedType(typeof(RegressorEvaluation), "regressor")]
[JsonDerivedType(typeof(TextEvaluation), "text")]
public record Evaluation(double Loss)
{
    /// <summary>What is told beside the loss, in words, such as <c>accuracy 97.1 %</c>; empty if nothing is.</summary>
    protected virtual string Details => "";

    /// <summary>The numbers in words: <c>loss 0.0912, accuracy 97.1 %</c>.</summary>
    public sealed override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"loss {Loss:F4}{(Details.Length > 0 ? ", " : "")}{Details}");
}

/// <summary>How well a classifier does.</summary>
/// <param name="Loss">The mean of -log p(class|x), in nats.</param>
/// <param name="Accuracy">The share of rows whose most probable class is theirs, from 0 to 1.</param>
public sealed record ClassifierEvaluation(double Loss, double Accuracy) : Evaluation(Loss)
{
    /// <inheritdoc/>
    protected override string Details => string.Create(CultureInfo.InvariantCulture, $"accuracy {Accuracy * 100:F1} %");
}

/// <summary>How well a regressor does.</summary>
/// <param name="Loss">The mean of -log p(y|x), in nats, of y in its own units: p is a normal density whose deviation is that of the training's targets.</param>
/// <param name="MeanSquaredError">In squared units of y.</param>
/// <param name="R2">R², the share of the variance of y that is explained: 1 at best, 0 for the mean of y, below 0 for worse.</param>
public sealed record RegressorEvaluation(double Loss, double MeanSquaredError, double R2) : Evaluation(Loss)
{
    /// <inheritdoc/>
    protected override string Details => string.Create(CultureInfo.InvariantCulture, $"R2 {R2:F4}");
}

/// <summary>How well a language model does.</summary>
/// <param name="Loss">The mean of -log p(token|tokens before), in nats.</param>
public sealed record TextEvaluation(double Loss) : Evaluation(Loss)
{
    /// <summary>The exponential of the loss: among how many tokens the model is as undecided as a fair draw.</summary>
    public double Perplexity => Math.Exp(Loss);

    /// <summary>The loss in bits.</summary>
    public double BitsPerToken => Loss / Math.Log(2);

    /// <inheritdoc/>
    protected override string Details => string.Create(CultureInfo.InvariantCulture, $"perplexity {Perplexity:F2}");
}
