using System.Diagnostics.Metrics;

namespace ModularNetworks.Serving;

/// <summary>Counts requests, their durations and sizes, and generated tokens, by instruments of <see cref="MeterName"/>.</summary>
internal sealed class ServingMetrics : IDisposable
{
    /// <summary>The name of the meter, for those who collect its numbers.</summary>
    public const string MeterName = "ModularNetworks.Serving";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<int> Sizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] };

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _items;
    private readonly Counter<long> _tokens;
    private readonly MetricsText _text;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter, and lets go of it.</param>
    public ServingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("modnet.requests", "{request}", "Requests that were answered.");
        _duration = meter.CreateHistogram("modnet.request.duration", "s", "The time from the head of a request to the end of its answer.", tags: null, Seconds);
        _items = meter.CreateHistogram("modnet.request.items", "{item}", "Rows, pictures or texts of a request; tokens that it was sent.", tags: null, Sizes);
        _tokens = meter.CreateCounter<long>("modnet.tokens", "{token}", "Words, characters or tokens that were generated.");
        _text = new MetricsText(meter);
    }

    /// <summary>Counts a request.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="operation">What was asked for.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="items">The number of items that were answered; 0 if the request was refused.</param>
    /// <param name="duration">The time that it took.</param>
    public void Note(string model, string operation, int status, int items, TimeSpan duration)
    {
        KeyValuePair<string, object?> ofModel = new("model", model), ofOperation = new("operation", operation);
        _requests.Add(1, ofModel, ofOperation, new("status", status));
        _duration.Record(duration.TotalSeconds, ofModel, ofOperation);
        if (items > 0)
            _items.Record(items, ofModel, ofOperation);
    }

    /// <summary>Counts a generated token.</summary>
    public void NoteToken() => _tokens.Add(1);

    /// <summary>All numbers, in the text format of Prometheus.</summary>
    public string Text() => _text.Write();

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();
}
