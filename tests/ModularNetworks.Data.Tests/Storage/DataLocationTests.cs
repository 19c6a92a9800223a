namespace ModularNetworks.Data.Tests;

public sealed class DataLocationTests
{
    [Fact]
    public void The_option_comes_first_then_the_data_folder_then_the_cache()
    {
        using var folder = new TemporaryFolder();
        string cached = Path.GetDirectoryName(folder.Write("cache/modnet/data/ptb/x", ""))!;
        string named = Path.GetDirectoryName(folder.Write("data/ptb/x", ""))!;
        var location = new DataLocation(Path.Join(folder.Path, "data"), Path.Join(folder.Path, "cache"));
        Assert.Equal(folder.Path, location.Resolve(folder.Path, "ptb"));
        Assert.Equal(named, location.Resolve(null, "ptb"));
        Assert.Equal(cached, (location with { DataFolder = null }).Resolve(null, "ptb"));
        Assert.Equal(cached, (location with { DataFolder = "" }).Resolve(null, "ptb"));
        Directory.Delete(named, recursive: true);
        Assert.Equal(cached, location.Resolve(null, "ptb"));
        Assert.Equal(cached, location.Find("ptb"));
        Assert.Null(location.Find("cifar10"));
    }

    [Fact]
    public void The_error_names_all_places()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Join(folder.Path, "data"), cache = Path.Join(folder.Path, "cache");
        var error = Assert.Throws<DataException>(() => new DataLocation(data, cache).Resolve(null, "ptb"));
        Assert.Contains(Path.Join(data, "ptb"), error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Join(cache, "modnet", "data", "ptb"), error.Message, StringComparison.Ordinal);
        error = Assert.Throws<DataException>(() => new DataLocation(null, cache).Resolve(null, "ptb"));
        Assert.Contains("MODNET_DATA is not set", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_ones_own_must_be_given() => Assert.Equal(
        "--data is needed: 'modnet train table' trains on data of your own. Give them with --data.",
        Assert.Throws<DataException>(() => new DataLocation("/none", null).Resolve(null, "table", canBeDownloaded: false)).Message);

    [Fact]
    public void A_wrong_option_is_not_replaced_by_another_place()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ptb/x", "");
        var error = Assert.Throws<DataException>(
            () => new DataLocation(folder.Path, folder.Path).Resolve(Path.Join(folder.Path, "none"), "ptb"));
        Assert.Contains("no such file, folder or archive", error.Message, StringComparison.Ordinal);
    }
}
