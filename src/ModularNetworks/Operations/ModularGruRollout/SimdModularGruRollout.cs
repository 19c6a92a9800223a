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
        var scratch = kernels.Keep<GruScratch>();
        var cell = GruCell<TWidth, TVector>.Of(input);
        int choices = rollout.ControllerWeight.Columns;
        int logitStride = RowProducts<TWidth, TVector>.PaddedLength(choices);
        int floats = cell.ScratchFloats + (2 * GruCell<TWidth, TVector>.Sequences * logitStride);
        var kernel = new GruRolloutBlock
        {
            Cell = cell,
            Scratch = scratch.Workers.ReserveEach(kernels.Workers.ThreadCount, floats, out nint stride),
            ScratchStride = stride,
            LogitStride = logitStride,
            Batch = input.Batch,
            Steps = input.StepsOf(rollout.Inputs),
            Candidates = rollout.Candidates,
            Picks = rollout.Picks,
            Modules = choices / rollout.Picks,
            InputSize = rollout.InputWeight.Inputs,
            GateInputs = input.GateInputs is null ? null : input.GateInputs.Pointer,
            Initial = input.Initial.Pointer,
            Inputs = rollout.Inputs.Pointer,
            InputWeight = rollout.InputWeight.Tensor.Pointer + (rollout.InputWeight.FirstInput * cell.Hidden),
            GateInputWeight = rollout.GateInputWeight is { } gates ? gates.Tensor.Pointer + (gates.FirstInput * gates.Outputs) : null,
            ModuleBias = rollout.ModuleBias.Pointer,
            ControllerInputs = rollout.ControllerInputs.Pointer,
            ControllerWeight = rollout.ControllerWeight.Pointer,
            ControllerStride = rollout.ControllerWeight.Stride,
            First = rollout.First is null ? null : rollout.First.Pointer,
            Samples = rollout.Key.HasValue,
            Key = rollout.Key.GetValueOrDefault(),
            Hidden = hidden.Pointer,
            Selection = selection.Pointer,
            LogProbability = logProbability.Pointer,
        };
        kernels.Workers.Run(GruCell<TWidth, TVector>.BlocksOf(input.Batch * rollout.Candidates), kernel);
    }
}
