using System.Numerics;
using ModularNetworks.Engine;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ModularNetworks.Distributed;

/// <summary>
/// Sends each row to the owners of the modules that it picked, once for each pick: <c>[rows, inputs] -> [received, inputs]</c>. The
/// gradients come back the same way.
/// </summary>
internal sealed class SendRows : GenericOperation
{
    private Tensor _input = null!;
    private PickRoutes _routes;

    /// <summary>Sends rows, and receives those whose modules this rank has. All ranks call this method.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="routes">The ways of the rows' picks.</param>
    public static Tensor Run(Tape tape, Tensor input, PickRoutes routes)
    {
        var output = tape.Rent(new Shape(routes.Modules.Shape[0], input.Shape[1]));
        if (tape.Precision == Precision.Single)
            Send<float>(tape, input, routes, output);
        else
            Send<double>(tape, input, routes, output);
        if (tape.Tracks(input))
        {
            var operation = tape.Record<SendRows>(output);
            (operation._input, operation._routes) = (input, routes);
        }
        return output;
    }

    /// <inheritdoc/>
    protected override void Backward<T>(Tape tape)
    {
        int width = _input.Shape[1];
        var target = tape.GradientOf(_input).As<T>();
        var byOwner = tape.Rent(new Shape(_routes.Sent.Shape.Count, width)).As<T>();
        _routes.ToOrigins<T>(Output.Gradient!.As<T>(), byOwner, width);
        // A row's picks are added in their order, whoever has their modules.
        var byPick = tape.Rent(new Shape(_routes.Sent.Shape.Count, width)).As<T>();
        PickRows.Restore(_routes.Sent.Values, byOwner, byPick, width);
        for (int pick = 0; pick < _routes.Sent.Shape.Count; pick++)
        {
            var row = target.Slice(pick / _routes.PicksPerRow * width, width);
            TensorPrimitives.Add(row, byPick.Slice(pick * width, width), row);
        }
    }

    private static void Send<T>(Tape tape, Tensor input, PickRoutes routes, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = input.Shape[1];
        var sent = tape.Rent(new Shape(routes.Sent.Shape.Count, width)).As<T>();
        PickRows.Take(routes.Sent.Values, input.As<T>(), sent, width, routes.PicksPerRow);
        routes.ToOwners<T>(sent, output.As<T>(), width);
    }
}
