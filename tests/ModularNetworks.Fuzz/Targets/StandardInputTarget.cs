using ModularNetworks.Cli.CommandLine;

namespace ModularNetworks.Fuzz;

/// <summary>The lines of standard input, for predictions.</summary>
internal sealed class StandardInputTarget : FuzzTarget
{
    public override string Name => "standard-input";

    protected override IReadOnlyList<byte[]> Samples { get; } = [[.. "The cat\r\nGrüße\n\nlast"u8], [.. "photos/1.png\nphotos/2.png\n"u8]];

    public override bool Read(byte[] input) => Accepts(() =>
    {
        using var lines = new InputLines(new MemoryStream(input));
        long expected = input.Count(letter => letter == '\n') + (input is [.., not (byte)'\n'] ? 1 : 0);
        long found = lines.All().LongCount();
        if (found != expected)
            throw new InvalidOperationException($"{found} lines were read; there are {expected}.");
    });
}
