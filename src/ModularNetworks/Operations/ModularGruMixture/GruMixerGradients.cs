using System.Runtime.CompilerServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Passes gradients back through <see cref="GruMixer{TWidth, TVector}"/>, for one sequence.</summary>
internal unsafe struct GruMixerGradients<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    /// <summary>The modules' weights with outputs as rows, and zeros behind each row.</summary>
    public float* TransposedWeight;

    /// <summary>The length of a row of <see cref="TransposedWeight"/>.</summary>
    public int Stride;

    public float* Bias;

    /// <summary>The size of what a module reads, [r * h, x].</summary>
    public int Inputs;

    /// <summary>The size of a module's output.</summary>
    public int Size;

    /// <summary>
    /// byModuleInput = sum_k share k * (byProposal x weight[pick k]^T), and the derivatives by the shares,
    /// moduleInput . (byProposal x weight[pick k]^T) + byProposal . bias[pick k].
    /// </summary>
    /// <param name="moduleInput"><c>[inputs]</c>.</param>
    /// <param name="byProposal"><c>[size]</c>.</param>
    /// <param name="picks"><c>[count]</c>, the modules.</param>
    /// <param name="shares"><c>[count]</c>.</param>
    /// <param name="count">k.</param>
    /// <param name="byModuleInput">A padded scratch row, written.</param>
    /// <param name="byShares"><c>[count]</c>, written.</param>
    public readonly void Run(
        float* moduleInput, float* byProposal, int* picks, float* shares, int count, float* byModuleInput, float* byShares)
    {
        new Span<float>(byModuleInput, Stride).Clear();
        int k = 0;
        for (; k + 4 <= count; k += 4)
            RunFour(moduleInput, byProposal, picks + k, shares + k, byModuleInput, byShares + k);
        for (; k < count; k++)
            byShares[k] = RunOne(moduleInput, byProposal, picks[k], shares[k], byModuleInput);
    }

    // Four modules side by side, since one would wait for each of its additions in turn.
    private readonly void RunFour(
        float* moduleInput, float* byProposal, int* picks, float* shares, float* byModuleInput, float* byShares)
    {
        float* weight0 = WeightOf(picks[0]), weight1 = WeightOf(picks[1]);
        float* weight2 = WeightOf(picks[2]), weight3 = WeightOf(picks[3]);
        TVector dot0 = ThroughBias(byProposal, picks[0]), dot1 = ThroughBias(byProposal, picks[1]);
        TVector dot2 = ThroughBias(byProposal, picks[2]), dot3 = ThroughBias(byProposal, picks[3]);
        for (int column = 0; column < Inputs; column += TWidth.Count)
        {
            TVector product0 = TWidth.Zero, product1 = TWidth.Zero, product2 = TWidth.Zero, product3 = TWidth.Zero;
            for (int i = 0, place = column; i < Size; i++, place += Stride)
            {
                var element = TWidth.Broadcast(byProposal[i]);
                product0 = TWidth.MultiplyAdd(element, TWidth.Load(weight0 + place), product0);
                product1 = TWidth.MultiplyAdd(element, TWidth.Load(weight1 + place), product1);
                product2 = TWidth.MultiplyAdd(element, TWidth.Load(weight2 + place), product2);
                product3 = TWidth.MultiplyAdd(element, TWidth.Load(weight3 + place), product3);
            }
            var sum = TWidth.MultiplyAdd(TWidth.Broadcast(shares[0]), product0, TWidth.Load(byModuleInput + column));
            sum = TWidth.MultiplyAdd(TWidth.Broadcast(shares[1]), product1, sum);
            sum = TWidth.MultiplyAdd(TWidth.Broadcast(shares[2]), product2, sum);
            TWidth.Store(TWidth.MultiplyAdd(TWidth.Broadcast(shares[3]), product3, sum), byModuleInput + column);
            var input = InputsFrom(moduleInput, column);
            dot0 = TWidth.MultiplyAdd(input, product0, dot0);
            dot1 = TWidth.MultiplyAdd(input, product1, dot1);
            dot2 = TWidth.MultiplyAdd(input, product2, dot2);
            dot3 = TWidth.MultiplyAdd(input, product3, dot3);
        }
        byShares[0] = TWidth.Sum(dot0);
        byShares[1] = TWidth.Sum(dot1);
        byShares[2] = TWidth.Sum(dot2);
        byShares[3] = TWidth.Sum(dot3);
    }

    private readonly float RunOne(float* moduleInput, float* byProposal, int module, float share, float* byModuleInput)
    {
        float* weight = WeightOf(module);
        var dot = ThroughBias(byProposal, module);
        for (int column = 0; column < Inputs; column += TWidth.Count)
        {
            var product = TWidth.Zero;
            for (int i = 0, place = column; i < Size; i++, place += Stride)
                product = TWidth.MultiplyAdd(TWidth.Broadcast(byProposal[i]), TWidth.Load(weight + place), product);
            var sum = TWidth.MultiplyAdd(TWidth.Broadcast(share), product, TWidth.Load(byModuleInput + column));
            TWidth.Store(sum, byModuleInput + column);
            dot = TWidth.MultiplyAdd(InputsFrom(moduleInput, column), product, dot);
        }
        return TWidth.Sum(dot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly float* WeightOf(int module) => TransposedWeight + ((nint)module * Size * Stride);

    /// <summary>byProposal . bias, as a vector whose lanes add up to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TVector ThroughBias(float* byProposal, int module)
    {
        float* bias = Bias + (module * Size);
        var dot = TWidth.Zero;
        for (int i = 0; i < Size; i += TWidth.Count)
        {
            int part = Math.Min(TWidth.Count, Size - i);
            dot = TWidth.MultiplyAdd(TWidth.LoadPart(byProposal + i, part), TWidth.LoadPart(bias + i, part), dot);
        }
        return dot;
    }

    // What lies behind the row may be anything; products with it are left out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TVector InputsFrom(float* moduleInput, int column) =>
        TWidth.LoadPart(moduleInput + column, Math.Min(TWidth.Count, Inputs - column));
}
