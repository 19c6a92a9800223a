namespace ModularNetworks.Fuzz;

/// <summary>A fault of a reader, and how to see it again.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Number">The number of the input.</param>
/// <param name="Problem">What happened, in one line.</param>
/// <param name="Detail">The stack trace, if there is one.</param>
internal sealed record FuzzFailure(string Reader, ulong Seed, long Number, string Problem, string Detail)
{
    public override string ToString() =>
        $"FAILED: {Reader}: {Problem}\n  again: tests/fuzz --reader {Reader} --seed {Seed} --input {Number}";
}
