namespace ModularNetworks.Tests;

public sealed class KeyedSumsTests
{
    [Fact]
    public void A_key_changes_when_the_evidence_is_enough()
    {
        var sums = new KeyedSums(keys: 2, selections: 3, forgetting: 1, evidence: 4);
        Assert.Equal(0, Step(sums, advantage: 2.5));
        Assert.Equal(2, Step(sums, advantage: 2.5));
        Assert.Equal((1, 0.0), sums.Update(key: 1, stored: 1));
    }

    [Fact]
    public void Without_evidence_any_advantage_is_enough()
    {
        Assert.Equal(2, Step(new KeyedSums(keys: 1, selections: 3, forgetting: 1), advantage: 0.01));
        Assert.Equal(0, Step(new KeyedSums(keys: 1, selections: 3, forgetting: 1), advantage: 0));
    }

    /// <summary>The selection that key 0, which has selection 0, gets when selection 2 scores better by some nats.</summary>
    private static int Step(KeyedSums sums, double advantage)
    {
        sums.Clear();
        sums.Add(0, 0, -3);
        sums.Add(0, 1, -9);
        sums.Add(0, 2, -3 + advantage);
        return sums.Update(key: 0, stored: 0).Best;
    }
}
