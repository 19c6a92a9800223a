namespace ModularNetworks.Browser.Tests;

/// <summary>The tests share a browser and a report, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>, ICollectionFixture<SampleReport>
{
    public const string Name = "browser";
}
