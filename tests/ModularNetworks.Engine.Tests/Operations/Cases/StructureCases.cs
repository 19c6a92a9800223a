namespace ModularNetworks.Engine.Tests;

public sealed class StructureCases : GradientCases
{
    public override IEnumerable<GradientCase> All() =>
    [
        new("Reshape", typeof(ReshapeOperation), [Of(2, 6)], (tape, x) => tape.Square(tape.Reshape(x[0], Of(3, 4)))),
        new("Concatenate", typeof(ConcatenateOperation), [Of(2, 3), Of(2, 1), Of(2, 4)],
            (tape, x) => tape.Concatenate(x[0], x[1], x[2])),
        new("Concatenate with itself", typeof(ConcatenateOperation), [Of(2, 2, 3)],
            (tape, x) => tape.Concatenate(x[0], x[0])),
        new("ConcatenateRows", typeof(ConcatenateOperation), [Of(2, 3), Of(1, 3), Of(4, 3)],
            (tape, x) => tape.ConcatenateRows(x[0], x[1], x[2])),
        new("ConcatenateRows with itself", typeof(ConcatenateOperation), [Of(2, 2, 3)],
            (tape, x) => tape.ConcatenateRows(x[0], x[0])),
        new("Slice", typeof(SliceOperation), [Of(2, 3, 7)], (tape, x) => tape.Slice(x[0], 2, 4)),
        new("Slices that overlap", typeof(SliceOperation), [Of(3, 5)],
            (tape, x) => tape.Multiply(tape.Slice(x[0], 0, 3), tape.Slice(x[0], 2, 3))),
        new("Rows", typeof(RowsOperation), [Of(5, 2, 3)], (tape, x) => tape.Rows(x[0], 1, 3)),
        new("Gather", typeof(GatherOperation), [Of(4, 3)],
            (tape, x) => tape.Gather(x[0], Indices(Of(2, 3), 3, 0, 3, 1, 3, 0))),
        new("GatherLast", typeof(GatherLastOperation), [Of(2, 4)],
            (tape, x) => tape.GatherLast(x[0], Indices(Of(2, 3), 3, 0, 3, 1, 2, 0))),
        new("GatherLast, three axes", typeof(GatherLastOperation), [Of(2, 1, 4)],
            (tape, x) => tape.GatherLast(x[0], Indices(Of(2, 1, 5), 3, 0, 3, 1, 2, 0, 0, 0, 1, 3))),
        new("ScatterLast", typeof(ScatterLastOperation), [Of(2, 3)],
            (tape, x) => tape.Square(tape.ScatterLast(x[0], Indices(Of(2, 3), 4, 0, 1, 2, 2, 3), 5))),
        new("ScaleRows", typeof(ScaleRowsOperation), [Of(2, 3, 4), Of(2, 3)], (tape, x) => tape.ScaleRows(x[0], x[1])),
        new("ScaleRows by the same", typeof(ScaleRowsOperation), [Of(3, 1)],
            (tape, x) => tape.ScaleRows(x[0], tape.Reshape(x[0], Of(3)))),
    ];
}
