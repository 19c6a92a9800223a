using System.Text;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>Standard input, read line by line; what is wrong with it is told as its own fault, and no line fills the memory.</summary>
internal sealed class GuardedReader : TextReader
{
    /// <summary>A text to predict from has some thousand letters; what is longer is no text.</summary>
    public const int MostLetters = 1 << 24;

    private readonly TextReader _inner;
    private readonly StringBuilder _line = new();

    /// <summary>Reads from another reader.</summary>
    public GuardedReader(TextReader inner) => _inner = inner;

    /// <summary>The next line, without its end; null at the end.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or has more than <see cref="MostLetters"/> letters.</exception>
    public override string? ReadLine()
    {
        try
        {
            return TakeLine();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"standard input: {failure.Message.TrimEnd('.')}. Give texts as arguments, or lines of text on standard input.", failure);
        }
    }

    private string? TakeLine()
    {
        _line.Clear();
        for (int letter; (letter = _inner.Read()) != '\n'; _line.Append((char)letter))
        {
            if (letter < 0)
                return _line.Length > 0 ? _line.ToString() : null;
            if (_line.Length == MostLetters)
                throw new IOException($"a line has more than {MostLetters} letters");
        }
        return _line.ToString().TrimEnd('\r');
    }
}
