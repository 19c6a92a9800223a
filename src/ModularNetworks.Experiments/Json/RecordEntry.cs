namespace ModularNetworks.Experiments;

/// <summary>An entry of a JSON object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Type">The type that the value is declared to have.</param>
internal readonly record struct RecordEntry(string Name, object? Value, Type Type)
{
    /// <summary>An entry of a declared type.</summary>
    public static RecordEntry Of<T>(string name, T value) => new(name, value, typeof(T));
}
