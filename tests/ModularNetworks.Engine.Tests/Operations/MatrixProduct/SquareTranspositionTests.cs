using System.Runtime.Intrinsics;

namespace ModularNetworks.Engine.Tests;

public sealed unsafe class SquareTranspositionTests
{
    [Fact]
    public void Columns_become_rows_at_every_width()
    {
        Check<Width128, Vector128<float>>();
        Check<Width256, Vector256<float>>();
        Check<Width512, Vector512<float>>();
    }

    private static void Check<TWidth, TVector>()
        where TWidth : IWidth<TVector>
        where TVector : unmanaged
    {
        int size = TWidth.Count;
        float* scratch = stackalloc float[SquareTransposition<TWidth, TVector>.ScratchSize];
        float* target = stackalloc float[(size + 1) * (size + 3)];
        for (int rows = 1; rows <= size; rows++)
        {
            for (int columns = 1; columns <= size; columns++)
            {
                new Span<float>(target, (size + 1) * (size + 3)).Fill(-1);
                var source = RandomTensors.Normal(RandomKey.FromSeed(1), rows + 2, columns + 5);
                SquareTransposition<TWidth, TVector>.Run(
                    EvenRows.Of(Matrix.Of(source)), 2, 5, rows, columns, scratch, target, size + 3);
                for (int i = 0; i < (size + 1) * (size + 3); i++)
                {
                    var (column, row) = (i / (size + 3), i % (size + 3));
                    float outside = column < columns && row < size ? 0 : -1;
                    bool isInside = column < columns && row < rows;
                    float expected = isInside ? source.Values[((row + 2) * (columns + 5)) + column + 5] : outside;
                    Assert.Equal(expected, target[i]);
                }
                GC.KeepAlive(source);
            }
        }
    }
}
