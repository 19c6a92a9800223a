using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModularNetworks.ML;

/// <summary>The number of a class and its key.</summary>
internal sealed class ClassKey
{
    /// <summary>The number of the class, from 0.</summary>
    public long Number { get; set; }

    /// <summary>The key of the class.</summary>
    public uint Key { get; set; }
}

/// <summary>The keys of all classes, with the values that they stand for.</summary>
internal static class ClassKeys
{
    private const string KeyValues = "KeyValues";

    /// <summary>Makes the keys of a label.</summary>
    /// <param name="context">The context.</param>
    /// <param name="label">The column of the label.</param>
    /// <returns>A row for each class, as <see cref="ClassKey"/>.</returns>
    public static IDataView Of(MLContext context, DataViewSchema.Column label)
    {
        var definition = SchemaDefinition.Create(typeof(ClassKey));
        var key = definition[nameof(ClassKey.Key)];
        key.ColumnType = label.Type;
        if (label.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type is VectorDataViewType values)
            CopyOf(values.ItemType.RawType).Invoke(null, [label, key, values]);
        // Keys in memory count from 0 here, and from 1 in cursors.
        var keys = Enumerable.Range(0, TrainerColumns.Classes(label)).Select(number => new ClassKey { Number = number, Key = (uint)number });
        return context.Data.LoadFromEnumerable(keys, definition);
    }

    private static MethodInfo CopyOf(Type value) =>
        typeof(ClassKeys).GetMethod(nameof(Copy), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(value);

    private static void Copy<T>(DataViewSchema.Column label, SchemaDefinition.Column key, VectorDataViewType type)
    {
        VBuffer<T> values = default;
        label.Annotations.GetValue(KeyValues, ref values);
        key.AddAnnotation(KeyValues, values, type);
    }
}
