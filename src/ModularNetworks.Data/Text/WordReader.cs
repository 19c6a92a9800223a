using System.Text;
using System.Text.Unicode;

namespace ModularNetworks.Data;

/// <summary>
/// Streams a UTF-8 text word by word: words stand between white space (space, tab, line ends), and each line end gives
/// one <c>&lt;eos&gt;</c>, also on empty lines and on a last line that ends with the text.
/// </summary>
internal sealed class WordReader
{
    private const int BufferSize = 1 << 16;
    private const int LongestWord = 1024;

    private readonly Stream _stream;
    private readonly string _source;
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly byte[] _bytes = new byte[LongestWord];
    private readonly char[] _letters = new char[LongestWord];
    private int _position;
    private int _filled;
    private int _length;
    private readonly bool _endsLastLine;
    private long _line;
    private bool _lineHasWords;
    private bool _endOfLinePending;

    /// <summary>Reads a text from the start.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="source">The name of the text in messages.</param>
    /// <param name="firstLine">The line that it begins in.</param>
    /// <param name="endsLastLine">Whether its last line ends with it, also without a line end.</param>
    public WordReader(Stream stream, string source, long firstLine = 1, bool endsLastLine = true)
    {
        _stream = stream;
        _source = source;
        _line = firstLine;
        _endsLastLine = endsLastLine;
        SkipByteOrderMark();
    }

    /// <summary>The last word read.</summary>
    public ReadOnlySpan<char> Word => _letters.AsSpan(0, _length);

    /// <summary>Whether a word was read that is not a line's end.</summary>
    public bool HasRead { get; private set; }

    /// <summary>The line of the last word read, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Reads the next word.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="DataException">The text is not UTF-8, has an overlong word or cannot be read.</exception>
    public bool Read()
    {
        if (_endOfLinePending)
        {
            _endOfLinePending = false;
            return EndLine();
        }
        int length = 0;
        for (int next = NextByte(); ; next = NextByte())
        {
            bool ends = next is -1 or ' ' or '\t' or '\r' or '\n';
            if (ends && length > 0)
            {
                _lineHasWords = true;
                _endOfLinePending = next == '\n' || (next == -1 && _endsLastLine);
                return EndWord(length);
            }
            if (next == '\n' || (next == -1 && _lineHasWords && _endsLastLine))
                return EndLine();
            if (next == -1)
                return false;
            if (next == 0)
                throw TextFaults.ZeroByte(_source, _line);
            if (!ends)
                Append((byte)next, length++);
        }
    }

    private void Append(byte next, int length)
    {
        if (length == LongestWord)
        {
            throw new DataException(
                $"{_source}: line {_line} has a word of more than {LongestWord} bytes; words stand between white space. "
                + "Check that this is a text file.");
        }
        _bytes[length] = next;
    }

    private bool EndWord(int length)
    {
        Line = _line;
        var bytes = _bytes.AsSpan(0, length);
        if (!Utf8.IsValid(bytes))
            throw TextFaults.NotUtf8(_source, _line, bytes[..Math.Min(length, 16)]);
        _length = Encoding.UTF8.GetChars(bytes, _letters);
        HasRead = true;
        return true;
    }

    private bool EndLine()
    {
        Line = _line++;
        _lineHasWords = false;
        Vocabulary.EndOfSentence.CopyTo(_letters);
        _length = Vocabulary.EndOfSentence.Length;
        return true;
    }

    private int NextByte()
    {
        if (_position == _filled)
        {
            _position = 0;
            _filled = Fill();
            if (_filled == 0)
                return -1;
        }
        return _buffer[_position++];
    }

    private int Fill()
    {
        try
        {
            return _stream.Read(_buffer, 0, _buffer.Length);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{_source}: cannot be read near line {_line}: {cause.Message}", cause);
        }
    }

    private void SkipByteOrderMark()
    {
        // A stream may give fewer bytes than asked for; only files have a mark, and they give three at once.
        _filled = Fill();
        if (_buffer.AsSpan(0, _filled).StartsWith(Encoding.UTF8.Preamble))
            _position = Encoding.UTF8.Preamble.Length;
    }
}
