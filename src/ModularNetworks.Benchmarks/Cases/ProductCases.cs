using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>Matrix products: large ones, where the machine's peak counts, and the small and thin ones of the paper's models.</summary>
internal static class ProductCases
{
    // So many that the clock's steps do not count.
    private const double OperationsPerStep = 5e8;
    private const int MostSteps = 1000;

    public static IReadOnlyList<BenchCase> All { get; } =
    [
        Case(256, 256, 256, singleThreaded: true),
        Case(512, 512, 512, singleThreaded: true),
        Case(1024, 1024, 1024, singleThreaded: true),
        Case(512, 512, 512, singleThreaded: false),
        Case(1024, 1024, 1024, singleThreaded: false),
        // The language model's words by their vectors: gates, controller, modules; and a state's products.
        Case(4480, 32, 16, singleThreaded: true),
        Case(4480, 32, 40, singleThreaded: true),
        Case(4480, 8, 16, singleThreaded: true),
        // The image classifier's controllers and its fully connected modules.
        Case(128, 3072, 20, singleThreaded: true),
        Case(128, 32, 48, singleThreaded: true),
    ];

    private static BenchCase Case(int rows, int inner, int columns, bool singleThreaded)
    {
        double operations = 2.0 * rows * inner * columns;
        string threads = singleThreaded ? "one thread" : "all threads";
        int steps = (int)Math.Clamp(OperationsPerStep / operations, 1, MostSteps);
        return new(BenchTopic.Gemm, $"[{rows}, {inner}] x [{inner}, {columns}], {threads}", steps, Prepare)
        {
            PeerRequest = $"product {rows} {inner} {columns} {(singleThreaded ? 1 : 0)}",
            Work = new Work(new WorkPart("product", operations)),
            IsSingleThreaded = singleThreaded,
        };

        Action Prepare(BenchSetup setup)
        {
            var kernels = setup.KernelsOf(singleThreaded);
            var left = Matrix.Of(setup.RandomTensor(new Shape(rows, inner), "left"));
            var right = Matrix.Of(setup.RandomTensor(new Shape(inner, columns), "right"));
            var product = Matrix.Of(Tensor.Allocate(new Shape(rows, columns)));
            return () => kernels.MatrixProduct(left, false, right, false, product, accumulate: false);
        }
    }
}
