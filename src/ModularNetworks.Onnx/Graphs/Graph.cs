using ModularNetworks.Onnx.Files;
using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>
/// A graph of operators in the making. Graphs within a graph, such as the body of a loop, use its values and constants too.
/// </summary>
internal sealed class Graph
{
    private readonly Names _names;

    /// <summary>Begins the outermost graph of a file.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="outputs">The names of the outputs that it is going to have.</param>
    public Graph(string name, params IEnumerable<string> outputs)
    {
        Proto = new GraphProto { Name = name };
        _names = new Names(outputs);
        Constants = new Constants(Proto, _names);
    }

    private Graph(string name, Graph outer)
    {
        Proto = new GraphProto { Name = name };
        (Constants, _names) = (outer.Constants, outer._names);
    }

    /// <summary>What is written to the file.</summary>
    public GraphProto Proto { get; }

    /// <summary>The constants of the file.</summary>
    public Constants Constants { get; }

    /// <summary>Begins a graph within this one.</summary>
    public Graph Within(string name) => new(name, this);

    /// <summary>Adds an input of the file.</summary>
    /// <param name="name">Its name, to which underscores are added if an output is called so.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="meaning">What it is, in words.</param>
    /// <param name="shape">Its sizes; a word is a size that each run decides.</param>
    public Value Input(string name, DataType type, string meaning, params ReadOnlySpan<Size> shape)
    {
        var value = new Value(_names.Take(name));
        Proto.Input.Add(Info(value.Name, type, meaning, shape));
        return value;
    }

    /// <summary>Adds an output of the file, one of those that were announced, and a node that gives a value its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="meaning">What it is, in words.</param>
    /// <param name="shape">Its sizes; a word is a size that each run decides.</param>
    public void Output(string name, Value value, DataType type, string meaning, params ReadOnlySpan<Size> shape)
    {
        AddNode("Identity", [value], [new Value(name)], []);
        Proto.Output.Add(Info(name, type, meaning, shape));
    }

    /// <summary>Adds an input of a graph within another one.</summary>
    public Value Take(string kind, DataType type, params ReadOnlySpan<Size> shape)
    {
        var value = new Value(_names.TakeNext(kind));
        Proto.Input.Add(Info(value.Name, type, "", shape));
        return value;
    }

    /// <summary>Adds an output of a graph within another one: its place counts, not its name.</summary>
    public void Give(Value value, DataType type, params ReadOnlySpan<Size> shape)
    {
        // A value of the graph around, or one that is given twice, needs a node here.
        var given = Add("Identity", [value]);
        Proto.Output.Add(Info(given.Name, type, "", shape));
    }

    /// <summary>Adds a node with one output.</summary>
    public Value Add(string operation, ReadOnlySpan<Value> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Add(operation, outputs: 1, inputs, attributes)[0];

    /// <summary>Adds a node.</summary>
    /// <param name="operation">Its operator.</param>
    /// <param name="outputs">The number of values that it makes.</param>
    /// <param name="inputs">The values that it reads; a default value stands for one that is left out.</param>
    /// <param name="attributes">Its attributes.</param>
    public Value[] Add(string operation, int outputs, ReadOnlySpan<Value> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var made = new Value[outputs];
        for (int i = 0; i < outputs; i++)
            made[i] = new Value(_names.TakeNext(operation));
        AddNode(operation, inputs, made, attributes);
        return made;
    }

    private void AddNode(string operation, ReadOnlySpan<Value> inputs, ReadOnlySpan<Value> outputs, ReadOnlySpan<AttributeProto> attributes)
    {
        // A node is called as what it makes.
        var node = new NodeProto { OpType = operation, Name = outputs[0].Name };
        foreach (var input in inputs)
            node.Input.Add(input.Name ?? "");
        foreach (var output in outputs)
            node.Output.Add(output.Name);
        foreach (var attribute in attributes)
            node.Attribute.Add(attribute);
        Proto.Node.Add(node);
    }

    private static ValueInfoProto Info(string name, DataType type, string meaning, ReadOnlySpan<Size> shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() };
        foreach (var size in shape)
            tensor.Shape.Dim.Add(size.ToDimension());
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor }, DocString = meaning };
    }
}
