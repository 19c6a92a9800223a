using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ModularNetworks.Serving;

/// <summary>Adds up what the instruments of a meter measure, and writes it in the text format of Prometheus.</summary>
internal sealed class MetricsText : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Series> _series = new();

    /// <summary>Listens to a meter.</summary>
    public MetricsText(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags, []));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags, BoundsOf<int>(instrument)));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags, BoundsOf<double>(instrument)));
        _listener.Start();
    }

    /// <summary>Writes all sums, in the order of their names.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var instrument in _series.GroupBy(series => series.Key.Instrument).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            bool isCounter = instrument.Key is Counter<long>;
            string name = instrument.Key.Name.Replace('.', '_') + (isCounter ? "_total" : "");
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Key.Description}\n# TYPE {name} {(isCounter ? "counter" : "histogram")}\n");
            foreach (var ((_, labels), series) in instrument.OrderBy(series => series.Key.Labels, StringComparer.Ordinal))
                series.Write(text, name, labels, isCounter);
        }
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static IReadOnlyList<T> BoundsOf<T>(Instrument instrument)
        where T : struct => ((Instrument<T>)instrument).Advice?.HistogramBucketBoundaries ?? [];

    private void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, IReadOnlyList<T> bounds)
        where T : struct, IConvertible
    {
        string labels = "";
        // Names of models, operations and statuses: none has a letter that would need an escape.
        foreach (var (name, tag) in tags)
            labels += string.Create(CultureInfo.InvariantCulture, $"{(labels.Length > 0 ? "," : "")}{name}=\"{tag}\"");
        var series = _series.GetOrAdd((instrument, labels), _ => new Series([.. bounds.Select(bound => bound.ToDouble(CultureInfo.InvariantCulture))]));
        series.Add(value.ToDouble(CultureInfo.InvariantCulture));
    }

    /// <summary>The sum of one instrument and its labels.</summary>
    private sealed class Series(double[] bounds)
    {
        private readonly Lock _lock = new();
        private readonly long[] _counts = new long[bounds.Length + 1];
        private double _sum;

        public void Add(double value)
        {
            int bucket = 0;
            while (bucket < bounds.Length && value > bounds[bucket])
                bucket++;
            lock (_lock)
            {
                _counts[bucket]++;
                _sum += value;
            }
        }

        public void Write(StringBuilder text, string name, string labels, bool isCounter)
        {
            long[] counts;
            double sum;
            lock (_lock)
                (counts, sum) = ([.. _counts], _sum);
            string all = labels.Length > 0 ? $"{{{labels}}}" : "";
            if (isCounter)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{all} {sum}\n");
                return;
            }
            long below = 0;
            for (int bucket = 0; bucket < counts.Length; bucket++)
            {
                below += counts[bucket];
                string bound = bucket < bounds.Length ? bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"}} {below}\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{all} {sum}\n{name}_count{all} {below}\n");
        }
    }
}
