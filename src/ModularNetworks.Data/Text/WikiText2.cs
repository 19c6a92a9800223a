namespace ModularNetworks.Data;

/// <summary>
/// WikiText-2 (Merity, Xiong, Bradbury, Socher 2016): articles of Wikipedia by words, with 2,088,628 training, 217,646 validation and
/// 245,569 test words with <c>&lt;eos&gt;</c>.
/// </summary>
/// <remarks>
/// <see cref="PlainText"/> reads the folder. The address of the first publication does not answer any more; the files come from the page of
/// their first author, and the archive has the checksum that was published with the first address. No checksums are published of the files
/// in it.
/// </remarks>
public static class WikiText2
{
    /// <summary>The description of the data set and its files.</summary>
    public static DataSet DataSet { get; } = new(
        "wikitext-2",
        "WikiText-2: articles of Wikipedia by words, 2,088,628 training words; checksums of its single files are not published",
        "CC BY-SA; text from Wikipedia, chosen by Merity et al. 2016",
        new Uri("https://wikitext.smerity.com/"),
        ["", "wikitext-2/"],
        [
            new RemoteFile(
                new Uri("https://wikitext.smerity.com/wikitext-2-v1.zip"),
                MostBytes: 8 << 20,
                "92675f1d63015c1c8b51f1656a52d5bdbc33aafa60cc47a218a66e7ee817488c"),
        ],
        [new KnownLines("wiki.train.tokens", 36_718), new KnownLines("wiki.valid.tokens", 3_760), new KnownLines("wiki.test.tokens", 4_358)],
        new DataSetUse("text", "", "--tokens", "word"),
        IsUnpacked: true);
}
