using System.Text;

namespace ModularNetworks.Data.Tests;

public sealed class WordReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" a b \n c \n", "a b <eos> c <eos>")]
    [InlineData("a", "a <eos>")]
    [InlineData("a ", "a <eos>")]
    [InlineData("a\r\nb\r\n", "a <eos> b <eos>")]
    [InlineData("\n\na\n", "<eos> <eos> a <eos>")]
    [InlineData("   ", "")]
    [InlineData("\uFEFFa\tb\n", "a b <eos>")]
    [InlineData("na\u00EFve \U0001F600\n", "na\u00EFve \U0001F600 <eos>")]
    public void Words_stand_between_white_space_and_lines_end_with_eos(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Words(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Words_across_the_buffer_border_stay_whole()
    {
        string[] words = [.. Enumerable.Range(0, 30_000).Select(i => $"word{i}")];
        Assert.Equal([.. words, "<eos>"], Words(Encoding.UTF8.GetBytes(string.Join(' ', words) + "\n")));
    }

    [Fact]
    public void Invalid_text_is_named_with_its_line()
    {
        byte[] bytes = [.. "a b\nc "u8, 0xC3, 0x28, .. " d\n"u8];
        var error = Assert.Throws<DataException>(() => Words(bytes));
        Assert.StartsWith("text: line 2 is not valid UTF-8 text (bytes C328)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_of_1024_bytes_is_read_and_a_longer_one_refused()
    {
        Assert.Equal(2, Words(Encoding.UTF8.GetBytes(new string('x', 1024))).Count);
        var error = Assert.Throws<DataException>(() => Words(Encoding.UTF8.GetBytes(new string('x', 1025))));
        Assert.Contains("more than 1024 bytes", error.Message, StringComparison.Ordinal);
    }

    private static List<string> Words(byte[] bytes)
    {
        var reader = new WordReader(new MemoryStream(bytes), "text");
        var words = new List<string>();
        while (reader.Read())
            words.Add(reader.Word.ToString());
        return words;
    }
}
