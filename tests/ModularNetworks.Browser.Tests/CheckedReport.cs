using Microsoft.Playwright;

namespace ModularNetworks.Browser.Tests;

/// <summary>The report whose forms are checked: the one that MODNET_REPORT names (see tests/check-page), else the sample.</summary>
internal static class CheckedReport
{
    public static TheoryData<int, ColorScheme> Forms { get; } = new()
    {
        { 1280, ColorScheme.Light }, { 1280, ColorScheme.Dark }, { 400, ColorScheme.Light }, { 400, ColorScheme.Dark },
    };

    /// <summary>The forms of the walk by keyboard; the sample's code is the same in all.</summary>
    public static TheoryData<int, ColorScheme> WalkedForms { get; } = IsGiven ? Forms : new() { { 1280, ColorScheme.Light } };

    public static bool IsGiven => Named is { Length: > 0 };

    private static string? Named => Environment.GetEnvironmentVariable("MODNET_REPORT");

    public static Uri AddressOr(SampleReport sample) => IsGiven ? new(Path.GetFullPath(Named!)) : sample.Address;

    /// <summary>Fails with all findings, one a line.</summary>
    public static void AssertClean(IReadOnlyList<string> findings)
    {
        if (findings.Count > 0)
            Assert.Fail($"{findings.Count} findings:\n{string.Join('\n', findings)}");
    }
}
