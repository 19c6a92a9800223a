namespace ModularNetworks.Experiments.Tests;

public sealed class WordAssignmentTests
{
    [Fact]
    public void Pairs_begin_with_the_modules_of_their_second_word()
    {
        var options = new PennTreebankOptions { Modules = 3, Em = new() { Start = CompositionStarts.Input, Key = CompositionKeys.Bigram } };
        var assignment = WordAssignment.Of(options, words: 5)!;
        Assert.Equal(25, assignment.InputKeys);
        for (int key = 0; key < 25; key++)
            Assert.Equal(key % 5 % 3, assignment[key, 0]);
    }
}
