namespace ModularNetworks.Data;

/// <summary>Diamonds: the prices of 53,940 diamonds, with six numbers and three ordered categories each; from the R package ggplot2.</summary>
/// <remarks><see cref="TextTable"/> reads the file.</remarks>
public static class Diamonds
{
    /// <summary>The name of the file.</summary>
    public const string File = "diamonds.csv";

    /// <summary>The description of the data set and its file.</summary>
    public static DataSet DataSet { get; } = new(
        "diamonds",
        "Diamonds: prices of 53,940 diamonds, with six numbers and three categories each",
        "MIT; from the R package ggplot2",
        new Uri("https://ggplot2.tidyverse.org/reference/diamonds.html"),
        [""],
        [
            new RemoteFile(
                new Uri("https://raw.githubusercontent.com/tidyverse/ggplot2/main/data-raw/diamonds.csv"),
                2_772_143,
                "9574730b03aba241d899c4a97511c5061b19358fab89510774fb6c24168345c4"),
        ],
        [new KnownFile(File, 2_772_143, "9574730b03aba241d899c4a97511c5061b19358fab89510774fb6c24168345c4")],
        new DataSetUse("table", File, "--target", "price"));
}
