namespace ModularNetworks.Experiments.Tests;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("runs/größe-1.5_b", "runs/größe-1.5_b")]
    [InlineData("sp ace", "'sp ace'")]
    [InlineData("am&p", "'am&p'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("", "''")]
    [InlineData("~/x", "'~/x'")]
    [InlineData("a\n'\\\u0085", @"$'a\012\'\\\302\205'")]
    public void Words_are_quoted_for_the_shells_of_Unix(string word, string quoted) => Assert.Equal(quoted, ShellWord.ForPosix(word));

    [Theory]
    [InlineData(@"C:\runs\a", @"C:\runs\a")]
    [InlineData(@"C:\my runs\a&b", @"""C:\my runs\a&b""")]
    [InlineData(@"C:\my runs\", @"""C:\my runs\\""")]
    public void Words_are_quoted_for_the_command_prompt(string word, string quoted) => Assert.Equal(quoted, ShellWord.ForCommandPrompt(word));
}
