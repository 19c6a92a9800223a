using ModularNetworks.Onnx.Files;

namespace ModularNetworks.Onnx;

/// <summary>A size of an input or an output: known, or decided by each run.</summary>
internal readonly record struct Size(int? Known, string? Name)
{
    /// <summary>A size that each run decides, and that is like no other.</summary>
    public static Size Any => default;

    /// <summary>A size that is known.</summary>
    public static implicit operator Size(int known) => new(known, null);

    /// <summary>A size that each run decides; sizes of one name are equal.</summary>
    public static implicit operator Size(string name) => new(null, name);

    /// <summary>The size as a file has it.</summary>
    public TensorShapeProto.Types.Dimension ToDimension()
    {
        var dimension = new TensorShapeProto.Types.Dimension();
        if (Known is { } known)
            dimension.DimValue = known;
        else if (Name is not null)
            dimension.DimParam = Name;
        return dimension;
    }
}
