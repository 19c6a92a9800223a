using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A modular gated recurrent unit whose controller selects modules step by step, over vectors.</summary>
internal static unsafe partial class SimdModularGruRollout<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    public static void Run(
        Kernels kernels,
        in ModularGruInput input,
        in ModularGruRollout rollout,
        Tensor hidden,
        IndexTensor selection,
        Tensor logProbability)
    {
        var scratch = Kernels.Keep<GruScratch>();
        var cell = GruCell<TWidth, TVector>.Of(input);
        int choices = rollout.ControllerWeight.Columns;
        int logitStride = RowProducts<TWidth, TVector>.PaddedLength(choices);
        int floats = cell.ScratchFloats + (2 * GruCell<TWidth, TVector>.Sequences * logitStride);
        int steps = input.StepsOf(rollout.Inputs), modules = choices / rollout.Picks, inputSize = rollout.InputWeight.Inputs;
        long inputRows = (long)steps * input.Batch, rows = inputRows * rollout.Candidates;
        var kernel = new GruRolloutBlock
        {
            Cell = cell,
            Scratch = scratch.Workers.ReserveEach(kernels.Workers.ThreadCount, floats, out nint stride),
            ScratchStride = stride,
            LogitStride = logitStride,
            Batch = input.Batch,
            Steps = steps,
            Candidates = rollout.Candidates,
            Picks = rollout.Picks,
            Modules = modules,
            InputSize = inputSize,
            GateInputs = input.GateInputs is null ? null : input.GateInputs.PointerTo(2 * inputRows * cell.Hidden),
            Initial = input.Initial.PointerTo((long)input.Batch * cell.Hidden),
            Inputs = rollout.Inputs.PointerTo(inputRows * inputSize),
            InputWeight = rollout.InputWeight.Pointer,
            GateInputWeight = rollout.GateInputWeight is { } gates ? gates.Pointer : null,
            ModuleBias = rollout.ModuleBias.PointerTo((long)modules * cell.Hidden),
            ControllerInputs = rollout.ControllerInputs.PointerTo(inputRows * choices),
            ControllerWeight = rollout.ControllerWeight.Pointer,
            ControllerStride = rollout.ControllerWeight.Stride,
            First = rollout.First is null ? null : rollout.First.PointerTo(inputRows * rollout.Picks, bound: modules),
            Samples = rollout.Key.HasValue,
            Key = rollout.Key.GetValueOrDefault(),
            Hidden = hidden.PointerTo(rows * cell.Hidden),
            Selection = selection.PointerTo(rows * rollout.Picks, bound: null),
            LogProbability = logProbability.PointerTo((long)input.Batch * rollout.Candidates),
        };
        kernels.Workers.Run(GruCell<TWidth, TVector>.BlocksOf(input.Batch * rollout.Candidates), kernel);
    }
}
