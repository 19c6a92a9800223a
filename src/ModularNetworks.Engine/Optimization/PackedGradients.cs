using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

/// <summary>Gradients one after the other, to be added up over ranks: all elements of a parameter, and of stacks the rows that some rank touched.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="communicator">The ranks.</param>
internal sealed class PackedGradients(IReadOnlyList<Parameter> parameters, ICommunicator communicator)
{
    // Adding it changes no number, not even the sign of a zero.
    private const float Nothing = -0.0f;

    private const int BitsOfByte = 8;

    private readonly byte[] _own = new byte[(parameters.Sum(RowsOf) + BitsOfByte - 1) / BitsOfByte];
    private readonly byte[] _all = new byte[(parameters.Sum(RowsOf) + BitsOfByte - 1) / BitsOfByte * communicator.Size];
    private float[] _values = [];

    /// <summary>Packs a sum, with room for the rows that other ranks touched.</summary>
    /// <param name="sum">The sum over this rank's blocks.</param>
    /// <param name="paddedLength">Says which length the numbers must have.</param>
    /// <returns>The numbers; their order is the same on each rank.</returns>
    public Span<float> Pack(BlockSum sum, Func<int, int> paddedLength)
    {
        AgreeOnRows(sum);
        int length = Visit((_, _, _) => { });
        int padded = paddedLength(length);
        if (_values.Length < padded)
            Array.Resize(ref _values, padded);
        Visit((parameter, part, at) =>
        {
            var target = _values.AsSpan(at, part.Length);
            if (sum.Rows(parameter) is { } rows && !rows.Contains(part.Row))
                target.Fill(Nothing);
            else
                sum.Values(parameter).Slice(part.Start, part.Length).CopyTo(target);
        });
        _values.AsSpan(length, padded - length).Clear();
        return _values.AsSpan(0, padded);
    }

    /// <summary>Makes what was packed the gradients of the parameters, which were clear.</summary>
    public void Unpack() => Visit((parameter, part, at) =>
    {
        _values.AsSpan(at, part.Length).CopyTo(parameters[parameter].Gradient.Values[part.Start..]);
        parameters[parameter].GradientRows?.Add(part.Row);
    });

    /// <summary>Notes for each row of a stack whether a rank touched it.</summary>
    private void AgreeOnRows(BlockSum sum)
    {
        Array.Clear(_own);
        int bit = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            int first = bit;
            foreach (int row in sum.Rows(i) is { } rows ? rows.Rows : [])
                _own[(first + row) / BitsOfByte] |= (byte)(1 << ((first + row) % BitsOfByte));
            bit += RowsOf(parameters[i]);
        }
        communicator.AllGather(_own, _all);
        for (int rank = 0; rank < communicator.Size; rank++)
            TensorPrimitives.BitwiseOr(_own, _all.AsSpan(rank * _own.Length, _own.Length), _own);
    }

    /// <summary>Goes through all parts, rows in their order.</summary>
    /// <returns>The length of all.</returns>
    private int Visit(Action<int, Part, int> visit)
    {
        int at = 0, bit = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            int rows = RowsOf(parameters[i]), size = parameters[i].Shape.Count / Math.Max(rows, 1);
            for (int row = 0; row < Math.Max(rows, 1); row++)
            {
                if (rows > 0 && !IsTouched(bit + row))
                    continue;
                visit(i, new Part(row, row * size, size), at);
                at += size;
            }
            bit += rows;
        }
        return at;
    }

    private bool IsTouched(int bit) => (_own[bit / BitsOfByte] & (1 << (bit % BitsOfByte))) != 0;

    private static int RowsOf(Parameter parameter) => parameter.GradientRows is null ? 0 : parameter.Shape[0];

    private readonly record struct Part(int Row, int Start, int Length);
}
