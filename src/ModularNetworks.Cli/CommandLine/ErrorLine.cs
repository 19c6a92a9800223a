using ModularNetworks.Benchmarks;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>Turns exceptions into the one line that users see.</summary>
internal static class ErrorLine
{
    /// <summary>Whether the failure is the user's to mend: bad usage, bad data, sizes that do not fit, a full disk.</summary>
    public static bool IsExpected(Exception failure) =>
        failure is UserErrorException or DataException or RunException or CheckpointException or NonFiniteLossException
            or BenchException or ShapeException or OutOfMemoryException or IOException or UnauthorizedAccessException;

    /// <summary>The line for a failure.</summary>
    public static string Of(Exception failure)
    {
        string message = string.Join(' ', failure.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return IsExpected(failure)
            ? $"modnet: {message}"
            : $"modnet: unexpected {failure.GetType().Name}: {message} (add --verbose for the stack trace)";
    }
}
