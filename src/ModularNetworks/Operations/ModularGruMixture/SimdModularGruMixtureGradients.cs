using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Gradients of a modular gated recurrent unit that mixes modules, over vectors.</summary>
internal static unsafe partial class SimdModularGruMixtureGradients<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    public static void Run(
        Kernels kernels,
        in ModularGruInput input,
        in ModularGruMixture mixture,
        in ModularGruMixtureStates states,
        Tensor hiddenGradient,
        in ModularGruMixtureGradients gradients)
    {
        var scratch = Kernels.Keep<GruScratch>();
        var cell = GruCell<TWidth, TVector>.Of(input);
        var mixer = TransposeWeights(scratch, input, mixture, out float* transposed, out int transposedStride);
        int picks = states.Selection.Shape[1];
        int floats = cell.ScratchFloats + mixer.Stride + RowProducts<TWidth, TVector>.PaddedLength(picks);
        int steps = input.StepsOf(mixture.Inputs), inputSize = mixer.Inputs - cell.Hidden;
        long rows = (long)steps * input.Batch, numbers = rows * cell.Hidden, picked = rows * picks, initial = (long)input.Batch * cell.Hidden;
        var kernel = new GruMixtureGradientBlock
        {
            Cell = cell,
            Mixer = mixer,
            TransposedGates = transposed,
            TransposedGating = transposed + (2 * cell.Hidden * transposedStride),
            TransposedStride = transposedStride,
            Scratch = scratch.Workers.ReserveEach(kernels.Workers.ThreadCount, floats, out nint stride),
            ScratchStride = stride,
            Batch = input.Batch,
            Steps = steps,
            InputSize = inputSize,
            Modules = mixture.Modules,
            Picks = picks,
            Initial = input.Initial.PointerTo(initial),
            Hidden = states.Unit.Hidden.PointerTo(numbers),
            Gates = states.Unit.Gates.PointerTo(2 * numbers),
            ProposedStates = states.Unit.ProposedStates.PointerTo(numbers),
            Selection = states.Selection.PointerTo(picked, bound: mixture.Modules),
            Shares = states.Shares.PointerTo(picked),
            ModuleInputs = states.ModuleInputs.PointerTo(rows * mixer.Inputs),
            NoiseSlopes = states.NoiseSlopes.PointerTo(picked),
            HiddenGradient = hiddenGradient.PointerTo(numbers),
            ByGates = gradients.Gates.PointerTo(2 * numbers),
            ByGating = gradients.Gating.PointerTo(2 * rows * mixture.Modules),
            ByOutputs = gradients.Outputs.PointerTo(picked * cell.Hidden),
            ByInputs = gradients.Inputs.PointerTo(rows * inputSize),
            ByInitial = gradients.Initial.PointerTo(initial),
        };
        kernels.Workers.Run(GruCell<TWidth, TVector>.BlocksOf(input.Batch), kernel);
    }

    /// <summary>
    /// Copies the weights of the gates, then those of the gating, and then those of the modules, with outputs as rows and
    /// zeros behind each row.
    /// </summary>
    private static GruMixerGradients<TWidth, TVector> TransposeWeights(
        GruScratch scratch,
        in ModularGruInput input,
        in ModularGruMixture mixture,
        out float* transposed,
        out int stride)
    {
        int hidden = input.Hidden, modules = mixture.Modules, joined = input.ModuleWeight.Inputs;
        int joinedStride = RowProducts<TWidth, TVector>.PaddedLength(joined);
        stride = RowProducts<TWidth, TVector>.PaddedLength(hidden);
        int gates = 2 * hidden * stride, gating = 2 * modules * stride, module = hidden * joinedStride;
        int count = gates + gating + (modules * module);
        transposed = scratch.Transposed.Reserve(count);
        new Span<float>(transposed, count).Clear();
        RowProducts<TWidth, TVector>.Transpose(input.GateWeight.Shared, transposed, stride);
        RowProducts<TWidth, TVector>.Transpose(mixture.GatingWeight, transposed + gates, stride);
        float* weight = transposed + gates + gating;
        for (int i = 0; i < modules; i++)
            RowProducts<TWidth, TVector>.Transpose(input.ModuleWeight[i], weight + (i * module), joinedStride);
        return new GruMixerGradients<TWidth, TVector>
        {
            TransposedWeight = weight,
            Stride = joinedStride,
            Bias = mixture.ModuleBias.PointerTo((long)modules * hidden),
            Inputs = joined,
            Size = hidden,
        };
    }
}
