using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options of how a text is cut into a training, a validation and a test text.</summary>
public sealed record TextSplitSettings : OptionGroup
{
    /// <summary>The kind of the cut.</summary>
    public TextSplitKind Split { get; init; }

    /// <summary>The share of the validation text.</summary>
    public double ValidShare { get; init; } = new TextSplit().ValidShare;

    /// <summary>The share of the test text.</summary>
    public double TestShare { get; init; } = new TextSplit().TestShare;

    /// <summary>The most bytes of a held-out text.</summary>
    public long MostHeldOut { get; init; } = new TextSplit().MostHeldOut;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(ValidShare is > 0 and < 1, "validShare", ValidShare, "above 0 and below 1");
        Require(TestShare is > 0 and < 1, "testShare", TestShare, "above 0 and below 1");
        Require(ValidShare + TestShare < 1, "testShare", TestShare, "less than 1 together with validShare");
        RequireAtLeastOne("mostHeldOut", MostHeldOut);
    }

    /// <summary>The rule.</summary>
    /// <param name="key">Draws blocks.</param>
    internal TextSplit Create(RandomKey key) => new()
    {
        Kind = Split,
        ValidShare = ValidShare,
        TestShare = TestShare,
        MostHeldOut = MostHeldOut,
        Key = key,
    };
}
