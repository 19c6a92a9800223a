using System.Collections;

namespace ModularNetworks.Experiments;

/// <summary>Keeps numbers that JSON cannot hold out of metrics, snapshots and checkpoints.</summary>
internal static class FiniteNumbers
{
    /// <summary>Checks every number of what will be written.</summary>
    /// <param name="source">The source of the numbers, for the message.</param>
    /// <param name="record">The record of the numbers.</param>
    /// <exception cref="NonFiniteLossException">One is infinite or no number: training diverged.</exception>
    public static void Require(string source, object record) => Check(source, "", record);

    private static void Check(string source, string path, object? value)
    {
        switch (value)
        {
            case double number when !double.IsFinite(number):
                throw new NonFiniteLossException($"{source}: {path} is {number}");
            case ModuleUsage usage:
                Check(source, path, usage.Layers);
                break;
            case IEnumerable items and not (string or IEnumerable<KeyValuePair<string, double?>>):
                foreach (var (place, item) in items.Cast<object?>().Index())
                    Check(source, $"{path}[{place}]", item);
                break;
            case not null:
                CheckAll(source, path, RecordJson.Entries(value));
                break;
        }
    }

    private static void CheckAll(string source, string path, IEnumerable<RecordEntry> members)
    {
        foreach (var (name, value, _) in members)
            Check(source, path.Length > 0 ? $"{path}.{name}" : name, value);
    }
}
