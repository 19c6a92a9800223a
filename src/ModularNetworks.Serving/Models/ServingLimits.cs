namespace ModularNetworks.Serving;

/// <summary>The bounds of what a request can ask for. What is above one is refused with a line that names it.</summary>
public sealed record ServingLimits
{
    /// <summary>The most bytes of a request's body.</summary>
    public int BodyBytes { get; init; } = 8 << 20;

    /// <summary>The most rows, pictures or texts of one request.</summary>
    public int Rows { get; init; } = 1000;

    /// <summary>The most letters of a text, UTF-16 code units.</summary>
    public int TextLength { get; init; } = 100_000;

    /// <summary>The most words, characters or tokens that a request can ask to generate.</summary>
    public int Tokens { get; init; } = 10_000;

    /// <summary>The most predictions and generations at once; more are told to come again (429).</summary>
    public int Requests { get; init; } = 64;

    /// <summary>Checks that each is at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BodyBytes, 1, nameof(BodyBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(Rows, 1, nameof(Rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(TextLength, 1, nameof(TextLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(Tokens, 1, nameof(Tokens));
        ArgumentOutOfRangeException.ThrowIfLessThan(Requests, 1, nameof(Requests));
    }
}
