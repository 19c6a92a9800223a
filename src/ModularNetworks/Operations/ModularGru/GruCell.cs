using System.Runtime.CompilerServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The parts of a modular gated recurrent unit's step (paper, appendix A) that running with known and with sampled
/// selections share, for a few sequences at a time in scratch memory.
/// </summary>
internal unsafe struct GruCell<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    /// <summary>Sequences that one thread runs side by side.</summary>
    public const int Sequences = 8;

    public float* GateWeight;
    public int GateStride;
    public nint GateModuleStride;
    public bool SharesGates;
    public float* ModuleWeight;
    public nint ModuleStride;
    public int Hidden;
    public StateActivation Function;

    /// <summary>The length of a scratch row of states.</summary>
    public readonly int StateStride => RowProducts<TWidth, TVector>.PaddedLength(Hidden);

    /// <summary>The length of a scratch row of gates, with room for a whole vector from any gate on.</summary>
    public readonly int GateRowStride => RowProducts<TWidth, TVector>.PaddedLength(2 * Hidden) + StateStride;

    /// <summary>
    /// Scratch memory for <see cref="Sequences"/> rows of states, reset states, proposed states and gates, in floats. The states
    /// come first.
    /// </summary>
    public readonly int ScratchFloats => Sequences * ((3 * StateStride) + GateRowStride);

    public static GruCell<TWidth, TVector> Of(in ModularGruInput input)
    {
        var gates = input.GateWeight;
        return new()
        {
            GateWeight = gates.IsShared ? gates.Shared.Pointer : gates.OfModules.Pointer,
            GateStride = gates.IsShared ? gates.Shared.Stride : gates.OfModules.Outputs,
            GateModuleStride = gates.IsShared ? 0 : gates.OfModules.MatrixSize,
            SharesGates = gates.IsShared,
            ModuleWeight = input.ModuleWeight.Pointer,
            ModuleStride = input.ModuleWeight.MatrixSize,
            Hidden = input.Hidden,
            Function = input.Function,
        };
    }

    /// <summary>The number of blocks of <see cref="Sequences"/> sequences each, the last one perhaps smaller.</summary>
    public static int BlocksOf(int sequences) => Kernels.CountBlocks(sequences, Sequences);

    public readonly float* Resets(float* scratch) => scratch + (Sequences * StateStride);

    public readonly float* Proposals(float* scratch) => scratch + (2 * Sequences * StateStride);

    public readonly float* Gates(float* scratch) => scratch + (3 * Sequences * StateStride);

    /// <summary>z, r = sigmoid(gates + h x gateWeight); then the reset states r * h.</summary>
    /// <param name="scratch">The sequences' memory.</param>
    /// <param name="rows">The number of sequences.</param>
    /// <param name="picks">Their modules, <c>[rows, count]</c>; not read where gates are shared.</param>
    /// <param name="count">K.</param>
    public readonly void OpenGates(float* scratch, int rows, int* picks, int count)
    {
        float* gates = Gates(scratch), states = scratch, resets = Resets(scratch);
        if (SharesGates)
        {
            RowProducts<TWidth, TVector>.AddShared(
                states, StateStride, Hidden, GateWeight, GateStride, gates, GateRowStride, 2 * Hidden, rows);
        }
        else
        {
            AddOwnGates(states, gates, rows, picks, count);
        }
        for (int row = 0; row < rows; row++)
        {
            float* gate = gates + (row * GateRowStride);
            for (int i = 0; i < 2 * Hidden; i += TWidth.Count)
                TWidth.Store(VectorMath<TWidth, TVector>.Sigmoid(TWidth.Load(gate + i)), gate + i);
            for (int i = 0; i < Hidden; i += TWidth.Count)
            {
                var state = TWidth.Load(states + (row * StateStride) + i);
                TWidth.Store(TWidth.Multiply(TWidth.Load(gate + Hidden + i), state), resets + (row * StateStride) + i);
            }
        }
    }

    /// <summary>The matrix by which a module's gates read the state.</summary>
    public readonly float* GateWeightOf(int module) => GateWeight + (module * GateModuleStride);

    /// <summary>proposal += sum_k reset x moduleWeight[pick k].</summary>
    public readonly void AddModules(float* scratch, int row, int* picks, int count)
    {
        float* reset = Resets(scratch) + (row * StateStride);
        float* proposal = Proposals(scratch) + (row * StateStride);
        for (int k = 0; k < count; k++)
        {
            float* weight = ModuleWeight + (picks[k] * ModuleStride);
            RowProducts<TWidth, TVector>.Add(reset, Hidden, weight, Hidden, proposal, Hidden);
        }
    }

    /// <summary>c = f(c); h = h + z * (c - h).</summary>
    public readonly void Update(float* scratch, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            float* state = scratch + (row * StateStride);
            float* proposal = Proposals(scratch) + (row * StateStride);
            float* gate = Gates(scratch) + (row * GateRowStride);
            for (int i = 0; i < Hidden; i += TWidth.Count)
            {
                var before = TWidth.Load(state + i);
                var after = Apply(TWidth.Load(proposal + i));
                TWidth.Store(after, proposal + i);
                var change = TWidth.Subtract(after, before);
                TWidth.Store(TWidth.MultiplyAdd(TWidth.Load(gate + i), change, before), state + i);
            }
        }
    }

    /// <summary>gates += sum_k h x gateWeight[pick k].</summary>
    private readonly void AddOwnGates(float* states, float* gates, int rows, int* picks, int count)
    {
        for (int pick = 0; pick < rows * count; pick++)
        {
            int row = pick / count;
            RowProducts<TWidth, TVector>.Add(
                states + (row * StateStride), Hidden, GateWeightOf(picks[pick]), GateStride, gates + (row * GateRowStride), 2 * Hidden);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TVector Apply(TVector proposal) => Function == StateActivation.Tanh
        ? VectorMath<TWidth, TVector>.Tanh(proposal)
        // In this order, processors whose maximum takes the second operand keep what is not a number.
        : TWidth.Max(TWidth.Zero, proposal);
}
