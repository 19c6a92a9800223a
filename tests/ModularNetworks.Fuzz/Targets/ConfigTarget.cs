using System.Text;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>The <c>config.json</c> of a run folder.</summary>
internal sealed class ConfigTarget : FuzzTarget
{
    public override string Name => "config";

    protected override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. ((RunOptions[])[new ToyOptions(), LanguageModelPresets.Get(LanguageModelPresets.Paper), new PlainTextOptions(), new OptdigitsOptions(), new Cifar10Options(), new ImageFolderOptions(), new DigitsOptions(), new RulesOptions(), new TableOptions(), new StreamOptions(), new SwitchingOptions()])
            .Select(options => Encoding.UTF8.GetBytes(OptionsJson.Write(options))),
    ];

    public override byte[] Make(Draws draws) => JsonInputs.Of(draws, Samples);

    public override void Prepare(byte[] input) => Sandbox.Put(RunFiles.Config, input);

    public override bool Read(byte[] input) => Accepts(() => RunFolder.Open(Sandbox.Path).ReadOptions(BuiltInExperiments.Catalogue));
}
