namespace ModularNetworks.Fuzz;

/// <summary>A connection to a server that gives an answer and closes, whatever it is asked.</summary>
/// <param name="answer">The answer.</param>
internal sealed class AnswerStream(byte[] answer) : MemoryStream(answer, writable: false)
{
    public override bool CanWrite => true;

    public override void Write(byte[] buffer, int offset, int count)
    {
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
