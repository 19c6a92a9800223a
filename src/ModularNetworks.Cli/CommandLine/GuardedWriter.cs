using System.Text;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>A writer of a standard stream, whose failures are told as those of the stream or not at all.</summary>
internal sealed class GuardedWriter : TextWriter
{
    private readonly TextWriter _inner;
    private readonly Action<Exception> _failed;

    private GuardedWriter(TextWriter inner, Action<Exception> failed)
    {
        (_inner, _failed) = (inner, failed);
        NewLine = inner.NewLine;
    }

    /// <inheritdoc/>
    public override Encoding Encoding => _inner.Encoding;

    /// <summary>A writer that throws a <see cref="StandardOutputException"/> where it fails, so that nothing else is blamed.</summary>
    public static GuardedWriter Telling(TextWriter inner) => new(inner, failure => throw new StandardOutputException(failure));

    /// <summary>A writer that leaves out what cannot be written.</summary>
    public static GuardedWriter Silent(TextWriter inner) => new(inner, _ => { });

    /// <inheritdoc/>
    public override void Write(char value) => Guard(() => _inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Guard(() => _inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Guard(() => _inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Guard(() => _inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Guard(_inner.Flush);

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _failed(failure);
        }
    }
}
