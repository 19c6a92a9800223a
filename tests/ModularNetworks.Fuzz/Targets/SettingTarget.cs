using System.Text;
using FsCheck.Fluent;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>The text of <c>--set</c>.</summary>
internal sealed class SettingTarget : FuzzTarget
{
    private static readonly OptdigitsOptions Options = new();
    private static readonly string[] Keys = [.. OptionsJson.Names(Options), "experiment", "Experiment", ""];

    public override string Name => "set";

    protected override IReadOnlyList<byte[]> Samples { get; } =
        [.. ((string[])["learningRate=0.001", "candidates=sampled", "mirror=true", "steps=10"]).Select(Encoding.UTF8.GetBytes)];

    public override byte[] Make(Draws draws) => draws.OneIn(4)
        ? Mutation.Of(draws, Samples)
        : Encoding.UTF8.GetBytes(draws.From(
            from key in Gen.Elements(Keys)
            from value in JsonInputs.Value
            select $"{key}={value.Trim('"')}"));

    public override bool Read(byte[] input) =>
        Accepts(() => OptionsJson.With(Options, [Encoding.UTF8.GetString(input)]).Validate());
}
