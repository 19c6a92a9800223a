namespace ModularNetworks.Bench;

/// <summary>The sizes of a linear layer's products.</summary>
/// <param name="Rows">The rows of a mini-batch.</param>
/// <param name="Inputs">The units of the layer below.</param>
/// <param name="Outputs">The units of the layer.</param>
public readonly record struct LayerSize(int Rows, int Inputs, int Outputs)
{
    /// <summary>The work of one of the layer's three products.</summary>
    public Work Work => new(
        2.0 * Rows * Inputs * Outputs,
        sizeof(float) * (((double)Rows * Inputs) + ((double)Inputs * Outputs) + ((double)Rows * Outputs)));

    /// <inheritdoc/>
    public override string ToString() => $"{Rows} x {Inputs} x {Outputs}";
}
