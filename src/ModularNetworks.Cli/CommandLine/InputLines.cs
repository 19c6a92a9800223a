using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>A line of standard input.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">The line without its end; null if its bytes are not UTF-8.</param>
internal sealed record InputLine(long Number, string? Text);

/// <summary>The lines of standard input; what is wrong with it is told as its own fault, and no line fills the memory.</summary>
internal sealed class InputLines : IDisposable
{
    /// <summary>A text to predict from has some thousand bytes; what is longer is no text.</summary>
    public const int MostBytes = 1 << 24;

    private const int BufferBytes = 1 << 16;

    private readonly Stream _input;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;

    /// <summary>Reads lines from a stream, which is closed with this.</summary>
    public InputLines(Stream input) => _input = input;

    /// <summary>The lines, each as soon as it is there.</summary>
    /// <exception cref="UserErrorException">The stream cannot be read, or a line has more than <see cref="MostBytes"/> bytes.</exception>
    public IEnumerable<InputLine> All()
    {
        for (long number = 1; ReadLine(); number++)
            yield return new InputLine(number, TextOf(_line.WrittenSpan));
    }

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();

    private bool ReadLine()
    {
        _line.ResetWrittenCount();
        while (_start < _end || Fill())
        {
            var left = _buffer.AsSpan(_start, _end - _start);
            int end = left.IndexOf((byte)'\n');
            Add(end < 0 ? left : left[..end]);
            _start = end < 0 ? _end : _start + end + 1;
            if (end >= 0)
                return true;
        }
        return _line.WrittenCount > 0;
    }

    private void Add(ReadOnlySpan<byte> part)
    {
        if (_line.WrittenCount + part.Length > MostBytes)
            throw StandardStreams.InputFault(new IOException($"a line has more than {MostBytes} bytes"));
        _line.Write(part);
    }

    private bool Fill()
    {
        try
        {
            (_start, _end) = (0, _input.Read(_buffer));
            return _end > 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StandardStreams.InputFault(failure);
        }
    }

    private static string? TextOf(ReadOnlySpan<byte> line) => Utf8.IsValid(line) ? Encoding.UTF8.GetString(line).TrimEnd('\r') : null;
}
