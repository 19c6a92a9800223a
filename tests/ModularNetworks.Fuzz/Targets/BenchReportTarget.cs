using System.Text;
using ModularNetworks.Benchmarks;
using ModularNetworks.Cli.Benchmarking;

namespace ModularNetworks.Fuzz;

/// <summary>A report of <c>modnet bench --json</c>, which <c>modnet bench --from</c> reads and prints.</summary>
internal sealed class BenchReportTarget : FuzzTarget
{
    private const string File = "bench.json";

    private readonly CapturedTool _tool;

    public BenchReportTarget() => _tool = new CapturedTool(Sandbox);

    public override string Name => "bench";

    public override long MostBytes => 2 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples { get; } = [Encoding.UTF8.GetBytes(SmallResults.Bench)];

    public override byte[] Make(Draws draws) => JsonInputs.Of(draws, Samples);

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() => BenchTable.Print(_tool.Context, [BenchReport.Read(Sandbox[File])]));

    protected override void Dispose(bool disposing)
    {
        _tool.Dispose();
        base.Dispose(disposing);
    }
}
