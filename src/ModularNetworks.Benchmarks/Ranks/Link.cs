namespace ModularNetworks.Benchmarks;

/// <summary>What connects two ranks: a message takes a time whatever its size is, and one for each of its bytes.</summary>
/// <param name="LatencySeconds">The first, in seconds.</param>
/// <param name="BytesPerSecond">The bytes that go each way in a second, while as many come.</param>
public sealed record Link(double LatencySeconds, double BytesPerSecond)
{
    /// <summary>The time of a message, in seconds.</summary>
    /// <param name="bytes">Its size.</param>
    public double Seconds(double bytes) => LatencySeconds + (bytes / BytesPerSecond);

    /// <summary>The link whose times are nearest to those of some messages: the sum of the squares of the relative errors is the least.</summary>
    /// <param name="messages">Messages of at least two sizes.</param>
    internal static Link Fit(IReadOnlyCollection<LinkTime> messages)
    {
        double weights = 0, bytes = 0, squares = 0, seconds = 0, products = 0;
        foreach (var message in messages)
        {
            double weight = 1 / (message.Seconds * message.Seconds);
            weights += weight;
            bytes += weight * message.Bytes;
            squares += weight * message.Bytes * message.Bytes;
            seconds += weight * message.Seconds;
            products += weight * message.Bytes * message.Seconds;
        }
        double perByte = ((weights * products) - (bytes * seconds)) / ((weights * squares) - (bytes * bytes));
        return new Link(Math.Max(0, (seconds - (perByte * bytes)) / weights), 1 / perByte);
    }
}

/// <summary>How long two ranks took to send each other a message.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Seconds">The time, in seconds.</param>
public sealed record LinkTime(int Bytes, double Seconds);
