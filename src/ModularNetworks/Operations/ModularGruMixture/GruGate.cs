using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Noisy top-k gating (Shazeer et al. 2017, section 2.1) of a modular gated recurrent unit's modules, for a few sequences
/// at a time in scratch memory.
/// </summary>
internal unsafe struct GruGate<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    /// <summary>k, the number of modules that are kept.</summary>
    public int Picks;

    /// <summary>M.</summary>
    public int Modules;

    public float* Inputs;
    public float* Weight;
    public int WeightStride;
    public float* Noise;

    /// <summary>
    /// Scratch memory, in floats: the logits of all sequences, and the noisy logits, slopes and kept logits of one.
    /// </summary>
    public readonly int ScratchFloats => (GruCell<TWidth, TVector>.Sequences * LogitStride) + (2 * NoisyStride)
        + RowProducts<TWidth, TVector>.PaddedLength(2 * Picks);

    private readonly int NoisyStride => RowProducts<TWidth, TVector>.PaddedLength(Modules);

    // With room for a whole vector from any logit on.
    private readonly int LogitStride => RowProducts<TWidth, TVector>.PaddedLength(2 * Modules) + NoisyStride;

    public static GruGate<TWidth, TVector> Of(in ModularGruMixture mixture, int picks) => new()
    {
        Picks = picks,
        Modules = mixture.Modules,
        Inputs = mixture.GatingInputs.PointerTo(2L * mixture.Inputs.Shape.Rows * mixture.Modules),
        Weight = mixture.GatingWeight.Pointer,
        WeightStride = mixture.GatingWeight.Stride,
        Noise = mixture.Noise is null ? null : mixture.Noise.PointerTo((long)mixture.Inputs.Shape.Rows * mixture.Modules),
    };

    /// <summary>The clean and the noise logits: gatingInputs + h x gatingWeight.</summary>
    public readonly void MakeLogits(float* scratch, int row, int rows, float* states, int stateStride, int size)
    {
        RowProducts<TWidth, TVector>.Gather(Inputs + (row * 2 * Modules), 2 * Modules, scratch, LogitStride, rows);
        RowProducts<TWidth, TVector>.AddShared(
            states, stateStride, size, Weight, WeightStride, scratch, LogitStride, 2 * Modules, rows);
    }

    /// <summary>Selects the modules with the largest logits and divides the mixture among them.</summary>
    /// <param name="scratch">Holds the logits.</param>
    /// <param name="row">The row of the first sequence.</param>
    /// <param name="r">The sequence.</param>
    /// <param name="picks">Receives the selected modules.</param>
    /// <param name="shares">Receives their shares.</param>
    /// <param name="slopes">Receives the derivatives of their logits by their noise logits.</param>
    public readonly void KeepLargest(float* scratch, int row, int r, int* picks, float* shares, float* slopes)
    {
        float* logits = scratch + (r * LogitStride);
        float* slopesOfAll = scratch + (GruCell<TWidth, TVector>.Sequences * LogitStride) + NoisyStride;
        var kept = new Span<double>(slopesOfAll + NoisyStride, Picks);
        if (Noise is not null)
            logits = AddNoise(logits, Noise + ((row + r) * Modules), scratch);
        LargestValues.FindFast(new ReadOnlySpan<float>(logits, Modules), new Span<int>(picks, Picks), kept);
        float* exponentials = slopesOfAll + NoisyStride;
        for (int k = 0; k < Picks; k++)
            exponentials[k] = logits[picks[k]] - logits[picks[0]];
        for (int k = 0; k < Picks; k += TWidth.Count)
            TWidth.Store(VectorMath<TWidth, TVector>.Exp(TWidth.Load(exponentials + k)), exponentials + k);
        float total = 0;
        for (int k = 0; k < Picks; k++)
            total += exponentials[k];
        for (int k = 0; k < Picks; k++)
        {
            shares[k] = exponentials[k] / total;
            slopes[k] = Noise is null ? 0 : slopesOfAll[picks[k]];
        }
    }

    /// <summary>clean + noise * softplus(noise logit) and its derivative by the noise logit, for all modules.</summary>
    private readonly float* AddNoise(float* logits, float* noise, float* scratch)
    {
        float* noisy = scratch + (GruCell<TWidth, TVector>.Sequences * LogitStride), slopes = noisy + NoisyStride;
        for (int i = 0; i < Modules; i += TWidth.Count)
        {
            var (number, logit) = (TWidth.Load(noise + i), TWidth.Load(logits + Modules + i));
            var deviation = VectorMath<TWidth, TVector>.Softplus(logit);
            TWidth.Store(TWidth.MultiplyAdd(number, deviation, TWidth.Load(logits + i)), noisy + i);
            TWidth.Store(TWidth.Multiply(number, VectorMath<TWidth, TVector>.Sigmoid(logit)), slopes + i);
        }
        return noisy;
    }
}
