using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>
/// The modules of several rows: a loop over those that a row has picked, each of which runs once, on its rows. A module that nobody picked
/// costs nothing.
/// </summary>
/// <param name="modules">The numbers of the modules, <c>[rows, K]</c>.</param>
/// <param name="picks">K.</param>
/// <param name="shares">What the outputs of the modules are multiplied by, <c>[rows, K]</c>; null for 1.</param>
internal sealed class ModulesOfRows(Value modules, int picks, Value? shares) : PickedModules(modules, picks, shares)
{
    /// <inheritdoc/>
    public override Value Run(Graph graph, ModuleOperators operators, Value input)
    {
        var flat = graph.Reshape(Modules, -1);
        var used = graph.Add("Unique", [flat]);
        var outputs = graph.Zeros(graph.Concatenate(0, graph.Add("Shape", [flat]), graph.Constants.List(operators.Outputs)));
        var body = Body(graph.Within("module"), operators, input, flat, used);
        return graph.Add("Loop", [graph.Add("Size", [used]), default, outputs], NodeAttribute.Of("body", body));
    }

    /// <summary>Runs one of the used modules on the rows that picked it, and lays its outputs into those of all.</summary>
    private Graph Body(Graph body, ModuleOperators operators, Value input, Value flat, Value used)
    {
        var place = body.Take("place", DataType.Int64);
        var goesOn = body.Take("goesOn", DataType.Bool);
        var outputs = body.Take("outputs", DataType.Float, Size.Any, operators.Outputs);
        var module = body.Gather(used, place);
        // [1, picks]: where the module's number stands.
        var places = body.Add("NonZero", [body.Add("Equal", [flat, module])]);
        var ofPicks = body.Reshape(places, -1);
        var rows = Picks == 1 ? ofPicks : body.Add("Div", [ofPicks, body.Constants.Number(Picks)]);
        var made = operators.One(body, body.Gather(input, rows), module);
        body.Give(goesOn, DataType.Bool);
        body.Give(body.Add("ScatterND", [outputs, body.Reshape(places, -1, 1), made]), DataType.Float, Size.Any, operators.Outputs);
        return body;
    }
}
