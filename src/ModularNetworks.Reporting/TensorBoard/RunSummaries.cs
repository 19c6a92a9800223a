using System.Text.Json;
using Google.Protobuf;
using ModularNetworks.Data;
using ModularNetworks.Reporting.TensorBoard;

namespace ModularNetworks.Reporting;

/// <summary>Turns lines of metrics and snapshots into the values of event files.</summary>
internal static class RunSummaries
{
    // The format's color space of one channel.
    private const int Gray = 1;

    /// <summary>
    /// The summary of a line of metrics. Each number is a scalar with its path as the tag. Lists of shares are histograms as
    /// well; of lists of modules the lengths are scalars.
    /// </summary>
    public static Summary OfMetrics(JsonElement line)
    {
        var summary = new Summary();
        foreach (var entry in line.EnumerateObject())
        {
            // The layers tell the usage again, by name.
            bool isTold = entry.NameEquals("step") || (entry.NameEquals("usage") && line.TryGetProperty("layers", out _));
            if (!isTold)
                Add(summary, entry.Name, entry.Value);
        }
        return summary;
    }

    /// <summary>A snapshot: every layer's heat map.</summary>
    public static Summary OfSnapshot(JsonElement snapshot)
    {
        var summary = new Summary();
        foreach (var layer in snapshot.GetProperty("layers").EnumerateArray())
        {
            var image = HeatMap.Draw(layer.GetProperty("probabilities"));
            summary.Value.Add(new Summary.Types.Value
            {
                Tag = $"layers/{layer.GetProperty("name").GetString()}/controller",
                Image = new Summary.Types.Image
                {
                    Width = image.Width,
                    Height = image.Height,
                    Colorspace = Gray,
                    EncodedImageString = ByteString.CopyFrom(PngFile.Encode(image.Pixels, image.Width, image.Height, channels: Gray)),
                },
            });
        }
        return summary;
    }

    private static void Add(Summary summary, string tag, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                AddScalar(summary, tag, value.GetDouble());
                break;
            case JsonValueKind.Object:
                foreach (var entry in value.EnumerateObject())
                    Add(summary, $"{tag}/{entry.Name}", entry.Value);
                break;
            case JsonValueKind.Array:
                AddList(summary, tag, value);
                break;
            default:
                break; // names, and what was not measured
        }
    }

    private static void AddList(Summary summary, string tag, JsonElement list)
    {
        // Numbers of modules are no quantities.
        if (tag.EndsWith("/deadModules", StringComparison.Ordinal))
        {
            AddScalar(summary, tag, list.GetArrayLength());
            return;
        }
        JsonElement[] items = [.. list.EnumerateArray()];
        if (tag.EndsWith("usage", StringComparison.Ordinal) && items.All(item => item.ValueKind == JsonValueKind.Number))
            AddHistogram(summary, tag, [.. items.Select(item => item.GetDouble())]);
        foreach (var (i, item) in items.Index())
            Add(summary, $"{tag}/{Name(item) ?? $"{i}"}", item);
    }

    private static string? Name(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name) ? name.GetString() : null;

    private static void AddScalar(Summary summary, string tag, double value) =>
        summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });

    /// <summary>A histogram with a bucket for each module: its share of the picks.</summary>
    private static void AddHistogram(Summary summary, string tag, double[] shares)
    {
        // TensorBoard leaves out empty buckets at the ends and stretches the next ones to the least and largest value.
        var histogram = new Histogram
        {
            Min = Math.Max(0, Array.FindIndex(shares, share => share > 0)),
            Max = Array.FindLastIndex(shares, share => share > 0) + 1,
        };
        foreach (var (module, share) in shares.Index())
        {
            histogram.Num += share;
            histogram.Sum += share * module;
            histogram.SumSquares += share * module * module;
            histogram.BucketLimit.Add(module + 1);
            histogram.Bucket.Add(share);
        }
        summary.Value.Add(new Summary.Types.Value { Tag = tag, Histo = histogram });
    }
}
