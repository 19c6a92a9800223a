using ModularNetworks.Benchmarks;
using ModularNetworks.Data;
using ModularNetworks.Distributed;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>Turns exceptions into the one line that users see.</summary>
internal static class ErrorLine
{
    // A list of all options has about a thousand letters; what to do stands at the end.
    private const int MostStart = 1200;
    private const int MostEnd = 400;

    /// <summary>Whether the failure is the user's to mend: bad usage, bad data, sizes that do not fit, a full disk.</summary>
    public static bool IsExpected(Exception failure) =>
        Cause(failure) is UserErrorException or StandardOutputException or DataException or RunException or CheckpointException or NonFiniteLossException or MpiException
            or BenchException or ShapeException or OutOfMemoryException or IOException or UnauthorizedAccessException;

    /// <summary>The line for a failure.</summary>
    public static string Of(Exception failure)
    {
        var cause = Cause(failure);
        string message = OneLine(cause.Message);
        return IsExpected(cause)
            ? $"modnet: {message}"
            : $"modnet: unexpected {cause.GetType().Name}: {message} (add --verbose for the stack trace)";
    }

    // Work on several threads wraps what goes wrong; of several failures one is enough to tell.
    private static Exception Cause(Exception failure) =>
        failure is AggregateException { InnerExceptions: [var first, ..] } ? Cause(first) : failure;

    // Messages quote files and arguments: characters that move the cursor are replaced, and a long middle is left out.
    private static string OneLine(string message)
    {
        string shown = message.Length <= MostStart + MostEnd ? message : $"{message[..MostStart]} ... {message[^MostEnd..]}";
        string joined = string.Join(' ', shown.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return string.Concat(joined.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
