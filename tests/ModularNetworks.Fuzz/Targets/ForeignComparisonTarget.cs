using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Fuzz;

/// <summary>A comparison's folder with links, pipes, devices and growing files in it, opened again and read for the report.</summary>
internal sealed class ForeignComparisonTarget : FuzzTarget
{
    private static readonly string[] Files = [ComparisonPlan.FileName, "time.json", ComparisonReport.JsonFile];

    private readonly Impostors _impostors = new();
    private readonly SmallComparison _comparison;

    public ForeignComparisonTarget()
    {
        _comparison = new SmallComparison(Sandbox);
        Sandbox.Put($"{SmallComparison.Folder}/{ComparisonReport.JsonFile}", ComparisonReportTarget.Sample);
    }

    public override string Name => "foreign-comparison";

    // A growing file of four megabytes, as bytes, as text and as JSON.
    public override long MostBytes => 128 * Megabyte;

    protected override IReadOnlyList<byte[]> Samples => [];

    public override byte[] Make(Draws draws) => [(byte)draws.Below(Files.Length), (byte)draws.Below(Impostors.All.Count)];

    public override void Prepare(byte[] input) => _impostors.Put(Sandbox[$"{SmallComparison.Folder}/{Files[input[0]]}"], Impostors.All[input[1]]);

    public override bool Read(byte[] input)
    {
        try
        {
            return Accepts(_comparison.Open) & Accepts(Report);
        }
        finally
        {
            _impostors.TakeAway();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _impostors.Dispose();
        base.Dispose(disposing);
    }

    private void Report() => Impostors.RequireNoSecret(ComparisonData.Read(Sandbox[SmallComparison.Folder], SmallComparison.Folder).WriteTo);
}
