namespace ModularNetworks.Data.Tests;

/// <summary>The data sets that are not part of the project, for the tests that want them.</summary>
internal static class RealData
{
    /// <summary>The folder of a data set; the test is skipped if there is none.</summary>
    public static string FolderOf(string dataSet)
    {
        string? data = Environment.GetEnvironmentVariable(DataLocation.VariableName);
        Assert.SkipWhen(
            string.IsNullOrEmpty(data), $"needs the real data set '{dataSet}': set {DataLocation.VariableName} to its parent");
        string folder = Path.Join(data, dataSet);
        Assert.SkipUnless(
            Directory.Exists(folder), $"needs the real data set '{dataSet}': {DataLocation.VariableName} has no such folder");
        return folder;
    }
}
