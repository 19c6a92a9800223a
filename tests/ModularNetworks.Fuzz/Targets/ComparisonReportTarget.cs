using System.Buffers;
using System.Text;
using System.Text.Json;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Fuzz;

/// <summary>The results of a comparison, as the page of a report takes them.</summary>
internal sealed class ComparisonReportTarget : FuzzTarget
{
    private const string Folder = "compare";
    private const string File = $"{Folder}/{ComparisonReport.JsonFile}";

    public override string Name => "comparison-report";

    // The file as bytes, as text, as JSON, and as JSON for the page.
    public override int MostBytesPerByte => 1000;

    /// <summary>Sound results.</summary>
    public static byte[] Sample { get; } = Encoding.UTF8.GetBytes(
        """{"metric":"r2","higherIsBetter":true,"rows":[{"name":"dense","mean":0.9,"interval":[0.8,1],"differenceToDense":null}],"answer":{"verdict":"open","sentence":"The budget was too short."}}""");

    protected override IReadOnlyList<byte[]> Samples { get; } = [Sample];

    public override byte[] Make(Draws draws) => JsonInputs.Of(draws, Samples);

    public override void Prepare(byte[] input) => Sandbox.Put(File, input);

    public override bool Read(byte[] input) => Accepts(() =>
    {
        using var writer = new Utf8JsonWriter(new ArrayBufferWriter<byte>());
        ComparisonData.Read(Sandbox[Folder], Folder).WriteTo(writer);
    });
}
