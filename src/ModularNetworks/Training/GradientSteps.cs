using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Takes gradient steps, but none from a loss or a gradient that is not a finite number: it would spoil all parameters.</summary>
internal static class GradientSteps
{
    /// <summary>Takes a step once the gradients are there.</summary>
    /// <param name="optimizer">Takes it.</param>
    /// <param name="loss">The mini-batch's loss.</param>
    /// <param name="datapoints">The numbers of its datapoints.</param>
    /// <returns>Whether it was taken; false if it was skipped.</returns>
    /// <exception cref="NonFiniteLossException">
    /// The loss or a gradient is not finite, and the optimiser does not skip such steps. The parameters are as they were before.
    /// </exception>
    public static bool Take(Optimizer optimizer, double loss, ReadOnlySpan<int> datapoints)
    {
        string? problem = double.IsFinite(loss) ? Problem(optimizer) : $"the loss is {loss}";
        if (problem is not null && !optimizer.SkipsNonFinite)
            throw new NonFiniteLossException(optimizer.StepCount + 1, problem, datapoints);
        if (problem is null)
            optimizer.Step();
        else
            optimizer.Skip();
        return problem is null;
    }

    /// <summary>Runs this rank's blocks of a mini-batch backward, and takes the step on the mean over the blocks of all ranks.</summary>
    /// <param name="optimizer">Takes it.</param>
    /// <param name="datapoints">The numbers of the mini-batch's datapoints.</param>
    /// <param name="blocks">Cuts the mini-batch.</param>
    /// <param name="backward">Adds the gradients of one block.</param>
    /// <returns>What the step reports; <see cref="StepResult.Skipped"/> if it was skipped.</returns>
    /// <exception cref="NonFiniteLossException">As above, on each rank.</exception>
    public static StepResult Take(Optimizer optimizer, ReadOnlySpan<int> datapoints, BatchBlocks blocks, BlockBackward backward)
    {
        var (loss, result) = blocks.Backward(optimizer, datapoints, backward);
        return Take(optimizer, loss, datapoints) ? result : StepResult.Skipped;
    }

    private static string? Problem(Optimizer optimizer) => optimizer.FindNonFiniteGradient() is { } parameter
        ? $"the gradient of {parameter.Name} is not finite"
        : null;
}
