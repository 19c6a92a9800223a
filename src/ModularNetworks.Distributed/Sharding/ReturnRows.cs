using System.Numerics;
using ModularNetworks.Engine;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ModularNetworks.Distributed;

/// <summary>
/// Sends the outputs of modules back to where their inputs came from: <c>[received, outputs] -> [rows, K, outputs]</c>. The gradients go
/// to the owners of the modules again.
/// </summary>
internal sealed class ReturnRows : GenericOperation
{
    private Tensor _outputs = null!;
    private PickRoutes _routes;

    /// <summary>Sends outputs back. All ranks call this method.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="outputs"><c>[received, outputs]</c>.</param>
    /// <param name="routes">The ways on which the inputs came.</param>
    public static Tensor Run(Tape tape, Tensor outputs, PickRoutes routes)
    {
        int picks = routes.Sent.Shape.Count;
        var result = tape.Rent(new Shape(picks / routes.PicksPerRow, routes.PicksPerRow, outputs.Shape.Last));
        if (tape.Precision == Precision.Single)
            Return<float>(tape, outputs, routes, result);
        else
            Return<double>(tape, outputs, routes, result);
        if (tape.Tracks(outputs))
        {
            var operation = tape.Record<ReturnRows>(result);
            (operation._outputs, operation._routes) = (outputs, routes);
        }
        return result;
    }

    /// <inheritdoc/>
    protected override void Backward<T>(Tape tape)
    {
        int width = Output.Shape.Last;
        var sent = tape.Rent(new Shape(_routes.Sent.Shape.Count, width)).As<T>();
        PickRows.Take(_routes.Sent.Values, Output.Gradient!.As<T>(), sent, width, picksPerRow: 1);
        var received = tape.Rent(_outputs.Shape).As<T>();
        _routes.ToOwners<T>(sent, received, width);
        var target = tape.GradientOf(_outputs).As<T>();
        TensorPrimitives.Add(target, received, target);
    }

    private static void Return<T>(Tape tape, Tensor outputs, PickRoutes routes, Tensor result)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var received = tape.Rent(result.Shape).As<T>();
        routes.ToOrigins<T>(outputs.As<T>(), received, result.Shape.Last);
        PickRows.Restore(routes.Sent.Values, received, result.As<T>(), result.Shape.Last);
    }
}
