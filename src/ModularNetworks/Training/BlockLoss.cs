namespace ModularNetworks;

/// <summary>The loss of a mini-batch or of a block of it, and what its step reports.</summary>
/// <param name="Loss">The mean loss of its datapoints.</param>
/// <param name="Result">The means that the step reports.</param>
internal readonly record struct BlockLoss(double Loss, StepResult Result)
{
    /// <summary>The same numbers times a factor.</summary>
    public BlockLoss Times(double factor) =>
        new(Loss * factor, new StepResult(Result.LogLikelihood * factor, Result.SelectionLogProbability * factor));

    /// <summary>The sum over blocks, added up in their order.</summary>
    public static BlockLoss Sum(ReadOnlySpan<BlockLoss> blocks)
    {
        double loss = 0, logLikelihood = 0, logProbability = 0;
        foreach (var block in blocks)
        {
            loss += block.Loss;
            logLikelihood += block.Result.LogLikelihood;
            logProbability += block.Result.SelectionLogProbability;
        }
        return new BlockLoss(loss, new StepResult(logLikelihood, logProbability));
    }
}

/// <summary>Runs a block of a mini-batch backward.</summary>
/// <param name="datapoints">The block's datapoints.</param>
/// <param name="block">Where the block lies.</param>
internal delegate BlockLoss BlockBackward(ReadOnlySpan<int> datapoints, BatchBlock block);

/// <summary>Takes an E-step on a block of a mini-batch.</summary>
/// <param name="datapoints">The block's datapoints.</param>
/// <param name="block">Where the block lies.</param>
internal delegate EStepResult BlockEStep(ReadOnlySpan<int> datapoints, BatchBlock block);
