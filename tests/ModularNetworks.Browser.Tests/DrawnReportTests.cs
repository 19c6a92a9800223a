namespace ModularNetworks.Browser.Tests;

/// <summary>The tests that only look at the drawn report share one page of it, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class DrawnReportTests : ICollectionFixture<DrawnReport>
{
    public const string Name = "drawn report";
}
