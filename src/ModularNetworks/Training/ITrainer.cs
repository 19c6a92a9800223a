using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A method of training that goes gradient step by gradient step.</summary>
public interface ITrainer
{
    /// <summary>The number of gradient steps taken.</summary>
    long Steps { get; }

    /// <summary>Takes one gradient step, with what the method does before it.</summary>
    /// <exception cref="NonFiniteLossException">The loss or a gradient is not a finite number; the parameters are unchanged.</exception>
    StepResult Step();

    /// <summary>The best compositions found so far; null if the method keeps none.</summary>
    CompositionStore? Compositions { get; }

    /// <summary>Takes the gradient steps.</summary>
    Optimizer Optimizer { get; }

    /// <summary>The state of the method besides parameters, optimiser and compositions, by name.</summary>
    IReadOnlyList<(string Name, Tensor Tensor)> State => [];

    /// <summary>The result of the last E-step; null if there was none.</summary>
    EStepResult? LastEStep { get; }

    /// <summary>How often E-steps have visited a datapoint, on average: E-steps times batch size over N; null if there are none.</summary>
    double? EStepVisits => null;

    /// <summary>
    /// The number of selections that the method scores for each datapoint, or each time step of it; null if it does not score all of them.
    /// </summary>
    int? ScoredSelections => null;

    /// <summary>How long the steps took.</summary>
    StepTimes Times { get; }

    /// <summary>Shares mini-batches with the trainers of other ranks, from the next step on. All of them must train in the same way from the same state.</summary>
    /// <param name="blocks">How mini-batches are cut and shared out.</param>
    /// <exception cref="ArgumentException">The method cannot share mini-batches, or they cannot be cut so.</exception>
    void Share(BatchBlocks blocks) =>
        throw new ArgumentException($"{GetType().Name}: this method cannot share its mini-batches. Train in one process.");

    /// <summary>Goes on from where a checkpoint was written, once parameters, optimiser and compositions are restored.</summary>
    /// <param name="steps">The number of gradient steps taken by then.</param>
    void ResumeAt(long steps);
}
