namespace ModularNetworks.Tests;

public sealed class ModuleAssignmentTests
{
    [Fact]
    public void Round_robin_uses_every_selection_once_before_it_begins_again()
    {
        var assignment = ModuleAssignment.RoundRobin(new LayerLayout("layer", 3, 2), inputKeys: 18);
        var selections = Enumerable.Range(0, 18).Select(key => (assignment[key, 0], assignment[key, 1])).ToArray();
        Assert.Equal(9, selections[..9].Distinct().Count());
        Assert.Equal(selections[..9], selections[9..]);
        Assert.Equal([(0, 0), (1, 0), (2, 0), (0, 1)], selections[..4]);
    }

    [Fact]
    public void Within_families_every_choice_stays_in_its_own()
    {
        var layer = new LayerLayout("layer", 5, 2) { Families = new ModuleFamilies(2) };
        var assignment = ModuleAssignment.RoundRobin(layer, inputKeys: 6);
        Assert.Equal([0, 2, 4, 0, 2, 4], Enumerable.Range(0, 6).Select(key => assignment[key, 0]));
        Assert.Equal([1, 1, 1, 3, 3, 3], Enumerable.Range(0, 6).Select(key => assignment[key, 1]));
    }

    [Fact]
    public void Modules_that_do_not_exist_and_half_rows_are_refused()
    {
        Assert.Contains("module 3 is assigned", Assert.Throws<ArgumentException>(() => new ModuleAssignment(3, 1, 0, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ModuleAssignment(3, 2, 0, 1, 2));
        Assert.Throws<ArgumentException>(() => new ModuleAssignment(3, 2));
    }
}
