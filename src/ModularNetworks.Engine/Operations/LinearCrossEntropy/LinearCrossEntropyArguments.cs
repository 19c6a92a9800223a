namespace ModularNetworks.Engine;

/// <summary>The arguments of the losses of a softmax classifier and of the gradients of their weighted sum.</summary>
/// <param name="Hidden"><c>[rows, features]</c>.</param>
/// <param name="Weight"><c>[features, classes]</c>.</param>
/// <param name="Bias"><c>[classes]</c>.</param>
/// <param name="Targets"><c>[rows]</c>, each from 0 to classes - 1.</param>
/// <param name="RowWeights"><c>[rows]</c>, or null for a weight of 1 each.</param>
/// <param name="Losses"><c>[rows]</c>, overwritten, in nats, unweighted.</param>
/// <param name="HiddenGradient"><c>[rows, features]</c>, overwritten.</param>
/// <param name="WeightGradient"><c>[features, classes]</c>, overwritten.</param>
/// <param name="BiasGradient"><c>[classes]</c>, overwritten.</param>
internal readonly record struct LinearCrossEntropyArguments(
    Matrix Hidden,
    Matrix Weight,
    Tensor Bias,
    IndexTensor Targets,
    Tensor? RowWeights,
    Tensor Losses,
    Matrix HiddenGradient,
    Matrix WeightGradient,
    Tensor BiasGradient);
