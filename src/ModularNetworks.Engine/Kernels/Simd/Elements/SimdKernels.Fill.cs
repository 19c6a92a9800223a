namespace ModularNetworks.Engine;

internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    public override void Fill(Tensor tensor, double value)
    {
        var kernel = new FillKernel { Target = tensor.Pointer, Count = tensor.Shape.Count, Value = (float)value };
        Workers.Run(ElementBlocks.Count(kernel.Count), kernel);
        KeepAlive(tensor);
    }

    private struct FillKernel : IBlockKernel
    {
        public float* Target;
        public int Count;
        public float Value;

        public readonly void Run(int block, int worker)
        {
            var (start, end) = ElementBlocks.Range(block, Count);
            new Span<float>(Target + start, end - start).Fill(Value);
        }
    }
}
