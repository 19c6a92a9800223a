using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>A file of a comparison's folder, read where the comparison is opened again.</summary>
internal sealed class ComparisonTarget : FuzzTarget
{
    private const string Folder = "compare";

    private readonly string _name;
    private readonly string _file;
    private readonly ComparisonQuestion _question;
    private readonly IReadOnlyList<byte[]> _samples;

    /// <summary>Plans a comparison.</summary>
    /// <param name="name">The reader's name.</param>
    /// <param name="file">The name of the file.</param>
    public ComparisonTarget(string name, string file)
    {
        (_name, _file) = (name, $"{Folder}/{file}");
        string table = Sandbox["t.csv"];
        File.WriteAllText(table, "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{row % 7}.5,{row % 5}\n")));
        var options = new TableOptions { Data = table, Target = "y", Modules = 2, BatchSize = 4, Steps = 2, Network = new() { Hidden = 2 }, Threads = 1 };
        _question = new ComparisonQuestion(options, BudgetMinutes: 10_000) { Jobs = 1 };
        Open();
        Sandbox.PutAllThatIsThere();
        _samples = [Sandbox.Content(_file)];
    }

    public override string Name => _name;

    // The networks are made before the runs are asked for.
    public override long MostBytes => 4 * Megabyte;

    public override int MostBytesPerByte => 1000;

    protected override IReadOnlyList<byte[]> Samples => _samples;

    public override byte[] Make(Draws draws) => JsonInputs.Of(draws, Samples);

    public override void Prepare(byte[] input) => Sandbox.Put(_file, input);

    public override bool Read(byte[] input) => Accepts(Open);

    private void Open() => ModuleComparison.Open(Sandbox[Folder], _question, new HastyDisk());
}
