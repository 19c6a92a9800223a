namespace ModularNetworks.Data;

/// <summary>Tells how the reading of data goes on where it takes long, and ends it where a stop is asked for.</summary>
/// <param name="tell">Is told in lines of text; null if nobody is.</param>
/// <param name="stop">Asks for a stop: the reading then throws an <see cref="OperationCanceledException"/>.</param>
public sealed class DataProgress(Action<string>? tell = null, CancellationToken stop = default)
{
    /// <summary>The reading of which nobody is told, and which goes on to its end.</summary>
    public static DataProgress None { get; } = new();

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The same, which ends the reading at another request too.</summary>
    /// <param name="other">Asks for a stop as well.</param>
    public DataProgress Until(CancellationToken other) =>
        new(tell, CancellationTokenSource.CreateLinkedTokenSource(stop, other).Token) { Time = Time };

    /// <summary>Begins a stage of the reading.</summary>
    /// <param name="what">What is done, in words, such as <c>a.txt: words are counted</c>.</param>
    /// <param name="total">The work to do, in any unit.</param>
    internal DataStage Begin(string what, long total) => new(what, total, tell, Time, stop);
}
