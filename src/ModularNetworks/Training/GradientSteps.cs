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

    private static string? Problem(Optimizer optimizer) => optimizer.FindNonFiniteGradient() is { } parameter
        ? $"the gradient of {parameter.Name} is not finite"
        : null;
}
