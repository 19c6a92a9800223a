using System.Runtime.CompilerServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The mixture of a modular gated recurrent unit's modules, for one sequence.</summary>
internal unsafe struct GruMixer<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    public float* Weight;
    public nint ModuleStride;
    public float* Bias;

    /// <summary>The size of what a module reads, [r * h, x].</summary>
    public int Inputs;

    /// <summary>The size of a module's output.</summary>
    public int Size;

    /// <summary>Mixes the modules of a pool.</summary>
    /// <param name="weight">All inputs of every module.</param>
    /// <param name="bias"><c>[modules, outputs]</c>.</param>
    public static GruMixer<TWidth, TVector> Of(MatrixStack weight, Tensor bias) => new()
    {
        Weight = weight.Pointer,
        ModuleStride = (nint)weight.Inputs * weight.Outputs,
        Bias = bias.PointerTo((long)weight.Count * weight.Outputs),
        Inputs = weight.Inputs,
        Size = weight.Outputs,
    };

    /// <summary>proposal = sum_k share k * (moduleInput x weight[pick k] + bias[pick k]).</summary>
    /// <param name="moduleInput"><c>[inputs]</c>.</param>
    /// <param name="picks"><c>[count]</c>, the modules.</param>
    /// <param name="shares"><c>[count]</c>.</param>
    /// <param name="count">k.</param>
    /// <param name="proposal">A padded scratch row, written.</param>
    public readonly void Mix(float* moduleInput, int* picks, float* shares, int count, float* proposal)
    {
        for (int column = 0; column < Size; column += TWidth.Count)
        {
            var sum = TWidth.Zero;
            int k = 0;
            for (; k + 4 <= count; k += 4)
                sum = AddFour(moduleInput, picks + k, shares + k, column, sum);
            for (; k < count; k++)
                sum = AddOne(moduleInput, picks[k], shares[k], column, sum);
            TWidth.Store(sum, proposal + column);
        }
    }

    // Four modules side by side, since one would wait for each of its additions in turn.
    private readonly TVector AddFour(float* moduleInput, int* picks, float* shares, int column, TVector sum)
    {
        float* weight0 = Column(picks[0], column), weight1 = Column(picks[1], column);
        float* weight2 = Column(picks[2], column), weight3 = Column(picks[3], column);
        TVector output0 = BiasOf(picks[0], column), output1 = BiasOf(picks[1], column);
        TVector output2 = BiasOf(picks[2], column), output3 = BiasOf(picks[3], column);
        for (int i = 0, row = 0; i < Inputs; i++, row += Size)
        {
            var element = TWidth.Broadcast(moduleInput[i]);
            output0 = TWidth.MultiplyAdd(element, TWidth.Load(weight0 + row), output0);
            output1 = TWidth.MultiplyAdd(element, TWidth.Load(weight1 + row), output1);
            output2 = TWidth.MultiplyAdd(element, TWidth.Load(weight2 + row), output2);
            output3 = TWidth.MultiplyAdd(element, TWidth.Load(weight3 + row), output3);
        }
        sum = TWidth.MultiplyAdd(TWidth.Broadcast(shares[0]), output0, sum);
        sum = TWidth.MultiplyAdd(TWidth.Broadcast(shares[1]), output1, sum);
        sum = TWidth.MultiplyAdd(TWidth.Broadcast(shares[2]), output2, sum);
        return TWidth.MultiplyAdd(TWidth.Broadcast(shares[3]), output3, sum);
    }

    private readonly TVector AddOne(float* moduleInput, int module, float share, int column, TVector sum)
    {
        float* weight = Column(module, column);
        var output = BiasOf(module, column);
        for (int i = 0, row = 0; i < Inputs; i++, row += Size)
            output = TWidth.MultiplyAdd(TWidth.Broadcast(moduleInput[i]), TWidth.Load(weight + row), output);
        return TWidth.MultiplyAdd(TWidth.Broadcast(share), output, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly float* Column(int module, int column) => Weight + (module * ModuleStride) + column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TVector BiasOf(int module, int column) => TWidth.Load(Bias + (module * Size) + column);
}
