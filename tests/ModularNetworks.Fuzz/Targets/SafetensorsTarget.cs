using ModularNetworks.Engine;

namespace ModularNetworks.Fuzz;

/// <summary>A file of named tensors.</summary>
internal sealed class SafetensorsTarget : FuzzTarget
{
    private readonly List<(string Name, Tensor Tensor)> _tensors =
        [("gru.weight", Tensor.From(new Shape(3, 4), new float[12])), ("bias", Tensor.From(new Shape(4), new float[4])), ("scale", Tensor.From(new Shape(1), new float[1]))];

    public SafetensorsTarget()
    {
        using var file = new MemoryStream();
        Safetensors.Write(file, _tensors);
        Samples = [file.ToArray()];
    }

    public override string Name => "safetensors";

    protected override IReadOnlyList<byte[]> Samples { get; }

    public override bool Read(byte[] input) => Accepts(() => Safetensors.Read(new MemoryStream(input), _tensors));
}
