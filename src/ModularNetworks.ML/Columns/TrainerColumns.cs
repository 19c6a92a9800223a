using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.SchemaShape.Column;

namespace ModularNetworks.ML;

/// <summary>The columns that a trainer reads, checked.</summary>
internal static class TrainerColumns
{
    private const string FeaturesRule =
        "a vector of known size of Single (Transforms.Concatenate makes one of columns; Transforms.Conversion.ConvertType makes Single of other numbers)";

    /// <summary>The column of labels.</summary>
    /// <exception cref="ArgumentException">There is none, or it is of another type.</exception>
    public static DataViewSchema.Column Label(DataViewSchema schema, string name, LabelKind kind)
    {
        var column = Find(schema, name);
        bool fits = kind == LabelKind.Number
            ? column.Type == NumberDataViewType.Single
            : column.Type is KeyDataViewType key && key.RawType == typeof(uint) && key.Count <= int.MaxValue;
        return fits ? column : throw Wrong(name, column.Type.ToString()!, RuleFor(kind));
    }

    /// <summary>The column of features.</summary>
    /// <exception cref="ArgumentException">There is none, or it is of another type.</exception>
    public static DataViewSchema.Column Features(DataViewSchema schema, string name)
    {
        var column = Find(schema, name);
        return column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single
            ? column
            : throw Wrong(name, column.Type.ToString()!, FeaturesRule);
    }

    /// <summary>The number of classes of a label.</summary>
    public static int Classes(DataViewSchema.Column label) => (int)((KeyDataViewType)label.Type).Count;

    /// <summary>The number of features.</summary>
    public static int Size(DataViewSchema.Column features) => ((VectorDataViewType)features.Type).Size;

    /// <summary>Checks columns of which only the kind is known yet.</summary>
    /// <exception cref="ArgumentException">One is missing or of another type.</exception>
    public static void Check(SchemaShape schema, TrainerSettings settings, LabelKind kind)
    {
        var label = Find(schema, settings.LabelColumn);
        bool isClass = label.IsKey && label.ItemType == NumberDataViewType.UInt32;
        bool isNumber = !label.IsKey && label.ItemType == NumberDataViewType.Single;
        if (label.Kind != VectorKind.Scalar || !(kind == LabelKind.Class ? isClass : isNumber))
            throw Wrong(label.Name, Describe(label), RuleFor(kind));
        var features = Find(schema, settings.FeatureColumn);
        if (features.Kind != VectorKind.Vector || features.ItemType != NumberDataViewType.Single)
            throw Wrong(features.Name, Describe(features), FeaturesRule);
    }

    private static string RuleFor(LabelKind kind) => kind == LabelKind.Class
        ? "a key of UInt32 (Transforms.Conversion.MapValueToKey makes one)"
        : "a Single (Transforms.Conversion.ConvertType makes one of other numbers)";

    private static string Describe(SchemaShape.Column column)
    {
        string item = column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType.ToString()!;
        return column.Kind switch
        {
            VectorKind.Scalar => item,
            VectorKind.Vector => $"Vector<{item}>",
            _ => $"VarVector<{item}>",
        };
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw Missing(name, schema.Select(column => column.Name));

    private static SchemaShape.Column Find(SchemaShape schema, string name) => schema.Any(column => column.Name == name)
        ? schema.Last(column => column.Name == name)
        : throw Missing(name, schema.Select(column => column.Name));

    private static ArgumentException Missing(string name, IEnumerable<string> found) =>
        new($"ModularNetwork: there is no column '{name}'; the data have {string.Join(", ", found.Distinct())}.");

    private static ArgumentException Wrong(string name, string type, string rule) =>
        new($"ModularNetwork: column '{name}' is {type}; it must be {rule}.");
}
