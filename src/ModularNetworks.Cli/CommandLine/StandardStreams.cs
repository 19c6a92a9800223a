using System.Text;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>The standard streams of this process, as it was given them.</summary>
internal static class StandardStreams
{
    private const string Descriptors = "/proc/self/fdinfo";

    private const string Closed = "it is closed";

    // Of open(2) on Linux.
    private const int ClosedByExec = 0x80000;
    private const int AccessMode = 3;
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;

    /// <summary>Opens standard input.</summary>
    /// <exception cref="UserErrorException">It is closed.</exception>
    public static Stream OpenInput() => Open(0, WriteOnly, Console.OpenStandardInput, () => throw InputFault(new IOException(Closed)));

    /// <summary>Standard output; every write fails if it is closed.</summary>
    public static TextWriter Output => Open<TextWriter>(1, ReadOnly, () => Console.Out, () => new ClosedWriter());

    /// <summary>Standard error; every write fails if it is closed.</summary>
    public static TextWriter Error => Open<TextWriter>(2, ReadOnly, () => Console.Error, () => new ClosedWriter());

    /// <summary>Says what is wrong with standard input.</summary>
    public static UserErrorException InputFault(Exception failure) => new(
        $"standard input: {failure.Message.TrimEnd('.')}. Give texts, names or a table as arguments, or on standard input.", failure);

    private static T Open<T>(int descriptor, int unfit, Func<T> open, Func<T> closed)
    {
        try
        {
            return IsInherited(descriptor, unfit) ? open() : closed();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return closed();
        }
    }

    /// <summary>
    /// Whether a descriptor is a stream that the process was started with. Where that was closed, the descriptor went to a file or pipe that
    /// the runtime opened for itself, which is closed by exec, as nothing inherited is, or cannot be used as the stream is.
    /// </summary>
    private static bool IsInherited(int descriptor, int unfit)
    {
        const string Flags = "flags:";
        if (!Directory.Exists(Descriptors))
            return true; // Not Linux.
        string line = File.ReadLines($"{Descriptors}/{descriptor}").First(line => line.StartsWith(Flags, StringComparison.Ordinal));
        int flags = Convert.ToInt32(line[Flags.Length..].Trim(), fromBase: 8);
        return (flags & ClosedByExec) == 0 && (flags & AccessMode) != unfit;
    }

    private sealed class ClosedWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Flush();

        public override void Flush() => throw new IOException(Closed);
    }
}
