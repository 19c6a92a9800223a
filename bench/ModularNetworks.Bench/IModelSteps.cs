namespace ModularNetworks.Bench;

/// <summary>A model with one mini-batch, whose steps can be timed.</summary>
internal interface IModelSteps
{
    /// <summary>Takes one step.</summary>
    /// <exception cref="ArgumentException">There is no such step of this model.</exception>
    void Take(StepKind kind);
}
