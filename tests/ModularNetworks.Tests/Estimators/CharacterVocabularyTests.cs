using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class CharacterVocabularyTests
{
    [Fact]
    public void Numbers_of_no_character_and_windows_that_are_not_there_are_refused_by_their_number()
    {
        var vocabulary = CharacterVocabulary.Of("abc");
        Assert.Equal("cab", vocabulary.Decode(vocabulary.Encode("cab")));
        Assert.StartsWith("CharacterVocabulary: character 3 is wanted", Assert.Throws<ShapeException>(() => vocabulary.Decode([0, 3])).Message, StringComparison.Ordinal);
        var windows = new TokenWindows(new int[] { 0, 1, 2, 0, 1 }, length: 2);
        Assert.StartsWith("TokenWindows: window -1 is wanted", Assert.Throws<ShapeException>(() => windows.Load([0, -1])).Message, StringComparison.Ordinal);
        Assert.Equal([1, 0], windows.Load([0, 1]).Targets.Values[..2].ToArray());
    }
}
