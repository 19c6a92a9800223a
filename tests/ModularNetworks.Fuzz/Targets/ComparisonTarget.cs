namespace ModularNetworks.Fuzz;

/// <summary>A file of a comparison's folder, read where the comparison is opened again.</summary>
internal sealed class ComparisonTarget : FuzzTarget
{
    private readonly string _name;
    private readonly string _file;
    private readonly SmallComparison _comparison;
    private readonly IReadOnlyList<byte[]> _samples;

    /// <summary>Plans a comparison.</summary>
    /// <param name="name">The reader's name.</param>
    /// <param name="file">The name of the file.</param>
    public ComparisonTarget(string name, string file)
    {
        (_name, _file) = (name, $"{SmallComparison.Folder}/{file}");
        _comparison = new SmallComparison(Sandbox);
        _samples = [Sandbox.Content(_file)];
    }

    public override string Name => _name;

    // The networks are made before the runs are asked for.
    public override long MostBytes => 4 * Megabyte;

    public override int MostBytesPerByte => 1000;

    protected override IReadOnlyList<byte[]> Samples => _samples;

    public override byte[] Make(Draws draws) => JsonInputs.Of(draws, Samples);

    public override void Prepare(byte[] input) => Sandbox.Put(_file, input);

    public override bool Read(byte[] input) => Accepts(_comparison.Open);
}
