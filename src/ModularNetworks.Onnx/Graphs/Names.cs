namespace ModularNetworks.Onnx;

/// <summary>The names of a file's values: all are different, also those of graphs within a graph.</summary>
/// <param name="outputs">The names of the file's outputs, which no other value gets.</param>
internal sealed class Names(params IEnumerable<string> outputs)
{
    private readonly HashSet<string> _taken = [.. outputs];
    private readonly Dictionary<string, int> _made = [];

    /// <summary>Takes a name; if it is taken already, with as many underscores as it needs to be free.</summary>
    public string Take(string wanted)
    {
        while (!_taken.Add(wanted))
            wanted += "_";
        return wanted;
    }

    /// <summary>Takes the next name of a kind, such as <c>Gemm_3</c>.</summary>
    public string TakeNext(string kind)
    {
        int number = _made.GetValueOrDefault(kind) + 1;
        _made[kind] = number;
        return Take($"{kind}_{number}");
    }
}
